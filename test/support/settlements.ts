import type { ObjectException, ReportFacts, SourceInventory, Verification } from '#shared/contract/schemas.ts'
import type { Settlement } from '../../server/stores/held-job.ts'

const none = { objects: 0, bytes: 0 }

export const inventory: SourceInventory = {
  // A store names its classes; nothing says that it does so in good faith.
  storageClasses: [{ storageClass: 'STANDARD\u0000', objects: 4, bytes: 40 }],
  archived: none,
  oddKeys: { objects: 1, bytes: 10 },
}

export const reportFacts: ReportFacts = {
  rows: 5,
  csv: { bytes: 10, sha256: 'a'.repeat(64) },
  json: { bytes: 20, sha256: 'b'.repeat(64) },
}

export function exceptionOf(key: string): ObjectException {
  return { key, bytes: 1, outcome: 'missing', reason: 'unknown', detail: '' }
}

/** Three objects of 70 bytes that arrived, a marker that is not held, and these exceptions. */
export function settlementOf(
  exceptions: Partial<Verification['exceptions']> = {},
  firstExceptions: readonly ObjectException[] = [],
): Settlement {
  return {
    verification: {
      copied: { objects: 2, bytes: 50 },
      alreadyThere: { objects: 1, bytes: 20 },
      byChecksumObjects: 2,
      bySizeObjects: 1,
      markersNotHeld: 1,
      exceptions: { changed: none, archived: none, 'kept-different': none, failed: none, missing: none, ...exceptions },
    },
    report: reportFacts,
    firstExceptions,
  }
}
