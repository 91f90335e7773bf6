import type { MigrationView, Verification } from '#shared/contract/schemas.ts'
import { exceptionOutcomes } from '#shared/domain/object-outcome.ts'

export interface Amount {
  readonly objects: number
  readonly bytes: number
}

/** B3: the account in the two heaps that matter. `across` and `notAcross` are together every object with data. */
export interface Account {
  readonly across: Amount
  readonly notAcross: Amount
}

export function accountOf({ copied, alreadyThere, exceptions }: Verification): Account {
  return {
    across: sum([copied, alreadyThere]),
    notAcross: sum(exceptionOutcomes.map((outcome) => exceptions[outcome])),
  }
}

function sum(amounts: readonly Amount[]): Amount {
  return {
    objects: amounts.reduce((total, { objects }) => total + objects, 0),
    bytes: amounts.reduce((total, { bytes }) => total + bytes, 0),
  }
}

/** What made it: by the account once there is one, else by what the copy has counted. */
export function arrivedOf({ verification, progress }: Pick<MigrationView, 'verification' | 'progress'>): Amount {
  return verification === null
    ? { objects: progress.copiedObjects, bytes: progress.copiedBytes }
    : accountOf(verification).across
}

/** Nothing is missing and nothing was refused: all that is not across was to be left as it is at the destination. */
export function isOnlyKept(verification: Verification): boolean {
  const kept = verification.exceptions['kept-different'].objects
  return kept > 0 && kept === accountOf(verification).notAcross.objects
}

/**
 * May the source be deleted?
 * - `yes`: there are objects, and each of them was compared by checksum.
 * - `sizes-only`: all there, but some could be compared by size only, which is no proof.
 * - `no`: some exist only at the source, or are another version there.
 * - `nothing-compared`: there was no object with data.
 * - `unproven`: the account says nothing of some of them.
 */
export type DeleteVerdict =
  | { readonly kind: 'yes'; readonly objects: number }
  | { readonly kind: 'sizes-only'; readonly bySizeObjects: number; readonly byChecksumObjects: number }
  | { readonly kind: 'no'; readonly onlyAtSource: number; readonly differing: number }
  | { readonly kind: 'nothing-compared'; readonly markersNotHeld: number }
  | { readonly kind: 'unproven' }

export function deleteVerdict(verification: Verification): DeleteVerdict {
  const { exceptions, bySizeObjects, byChecksumObjects, markersNotHeld } = verification
  const { across, notAcross } = accountOf(verification)
  const differing = exceptions.changed.objects + exceptions['kept-different'].objects
  if (notAcross.objects > 0) return { kind: 'no', onlyAtSource: notAcross.objects - differing, differing }
  if (across.objects === 0) return { kind: 'nothing-compared', markersNotHeld }
  if (byChecksumObjects + bySizeObjects !== across.objects) return { kind: 'unproven' }
  return bySizeObjects === 0
    ? { kind: 'yes', objects: across.objects }
    : { kind: 'sizes-only', bySizeObjects, byChecksumObjects }
}
