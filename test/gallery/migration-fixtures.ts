import type { LogLine, MigrationView, Verification } from '#shared/contract/schemas.ts'
import type { ExceptionOutcome } from '#shared/domain/object-outcome.ts'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import type { CurrentMigration } from '#shared/ipc/snapshot.ts'
import { id, TB } from './fixtures.ts'

const MIB = 1024 * 1024

/** A rate that climbs, dips once, and holds. */
export const rates = Array.from({ length: 51 }, (_, index) =>
  Math.round((index < 4 ? 60 + index * 38 : index > 22 && index < 27 ? 96 : 184 + 9 * Math.sin(index / 2)) * MIB),
)

export function migration(patch: Partial<MigrationView> = {}): MigrationView {
  return {
    id: id(99),
    revision: 7,
    state: 'running',
    source: {
      endpoint: 'https://s3.us-east-1.amazonaws.com',
      region: 'us-east-1',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      bucket: 'field-recordings',
      target: { kind: 'folder', prefix: 'photos/' },
    },
    destination: {
      id: id(12),
      name: 'Piedmont Research Storage',
      bucket: 'cc-piedmont-research',
      scope: 'organisation',
      prefix: 'photos/',
    },
    options: { existing: 'replace-different' },
    capBytesPerSecond: 200 * MIB,
    progress: {
      ...emptyProgress,
      copiedBytes: 1.2149 * TB,
      copiedObjects: 12_430,
      totalBytes: 3.4 * TB,
      totalObjects: 51_002,
      bytesPerSecond: 187 * MIB,
      remainingSeconds: 11_140,
    },
    throughput: { secondsPerSample: 120, bytesPerSecond: rates },
    waiting: null,
    inventory: null,
    verification: null,
    report: null,
    sealingKey: null,
    attempt: 1,
    failure: null,
    createdAt: new Date(Date.now() - 6_130_000).toISOString(),
    startedAt: new Date(Date.now() - 6_127_000).toISOString(),
    finishedAt: null,
    ...patch,
  }
}

export function current(patch: Partial<MigrationView> = {}, around: Partial<CurrentMigration> = {}): CurrentMigration {
  return {
    migration: migration(patch),
    handover: 'handed-over',
    handoverProblem: null,
    isCancelRequested: false,
    isEndMissed: false,
    ...around,
  }
}

export const wholeProgress = {
  ...emptyProgress,
  copiedBytes: 3.4 * TB,
  copiedObjects: 51_002,
  totalBytes: 3.4 * TB,
  totalObjects: 51_002,
}
export const partProgress = { ...wholeProgress, copiedBytes: 1.21 * TB, copiedObjects: 12_430 }

const nothing = { objects: 0, bytes: 0 }

/** The account of 51,002 files, all of them copied and compared by checksum, but for what the patch says. */
export function verification(
  patch: Partial<Omit<Verification, 'exceptions'>> = {},
  exceptions: Partial<Record<ExceptionOutcome, number>> = {},
): Verification {
  const amount = (objects = 0) => ({ objects, bytes: objects * 66_000_000 })
  return {
    copied: { objects: 51_002, bytes: 3.4 * TB },
    alreadyThere: nothing,
    byChecksumObjects: 51_002,
    bySizeObjects: 0,
    markersNotHeld: 0,
    ...patch,
    exceptions: {
      changed: amount(exceptions.changed),
      archived: amount(exceptions.archived),
      'kept-different': amount(exceptions['kept-different']),
      failed: amount(exceptions.failed),
      missing: amount(exceptions.missing),
    },
  }
}

const sha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
export const report = { rows: 51_002, csv: { bytes: 6_120_240, sha256 }, json: { bytes: 9_410_200, sha256 } }

export function endedMigration(patch: Partial<MigrationView>): MigrationView {
  return migration({
    progress: wholeProgress,
    throughput: null,
    finishedAt: new Date(Date.now() - 60_000).toISOString(),
    ...patch,
  })
}

export function ended(patch: Partial<MigrationView>): CurrentMigration {
  return { migration: endedMigration(patch), handover: 'not-needed', handoverProblem: null, isCancelRequested: false, isEndMissed: false }
}

export const archivedFailure = {
  code: 'archived-object',
  side: 'source',
  message:
    'operation error S3: GetObject, https response error StatusCode: 403, InvalidObjectState: The operation is not valid for the object’s storage class',
  exitCode: 1,
} as const

export const log: readonly LogLine[] = [
  'claimed by worker carolina-rtp-04',
  'listing field-recordings/photos/ …',
  'listing done: 51,002 objects, 3,400,000,000,000 bytes',
  'copying with a cap of 200 MiB/s',
  'photos/2024/harbour.jpg: copied',
  'photos/2024/07/a-rather-long-folder-name/with-more-below-it/and-then-an-image-of-the-harbour-at-dawn.jpg: copied',
  'photos/2024/pier.jpg: the source answered 503 SlowDown, trying again in 2 s',
  'photos/2024/pier.jpg: copied',
].map((text, index) => ({
  sequence: index + 1,
  at: new Date(Date.UTC(2026, 10, 22, 12, 0, index * 7)).toISOString(),
  level: text.includes('503') ? 'warning' : 'info',
  text,
}))
