import type { MigrationView, Verification } from '#shared/contract/schemas.ts'
import type { ExceptionOutcome } from '#shared/domain/object-outcome.ts'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import type { AppSnapshot, CurrentMigration } from '#shared/ipc/snapshot.ts'

export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

export function migration(patch: Partial<MigrationView> = {}): MigrationView {
  return {
    id: uuid(99),
    revision: 1,
    state: 'running',
    source: {
      endpoint: 'https://s3.us-east-1.amazonaws.com',
      region: 'us-east-1',
      accessKeyId: 'AKIAEXAMPLE',
      bucket: 'field-recordings',
      target: { kind: 'folder', prefix: 'photos/' },
    },
    destination: { id: uuid(11), name: 'My Storage', bucket: 'cc-my', scope: 'personal', prefix: 'photos/' },
    options: { existing: 'replace-different' },
    capBytesPerSecond: 1,
    progress: {
      ...emptyProgress,
      copiedBytes: 1_214_900_000_000,
      copiedObjects: 12_430,
      totalBytes: 3_400_000_000_000,
      totalObjects: 51_002,
      bytesPerSecond: 1,
    },
    throughput: null,
    waiting: null,
    inventory: null,
    verification: null,
    report: null,
    sealingKey: null,
    attempt: 1,
    failure: null,
    createdAt: '2026-11-22T11:59:00Z',
    startedAt: '2026-11-22T12:00:00Z',
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
    ...around,
  }
}

/** `copied` and `exceptions` as counts of objects of 10 bytes each; all of the copied compared by checksum. */
export function verification(
  copied: number,
  exceptions: Partial<Record<ExceptionOutcome, number>> = {},
  patch: Partial<Verification> = {},
): Verification {
  const amount = (objects = 0) => ({ objects, bytes: objects * 10 })
  return {
    copied: amount(copied),
    alreadyThere: amount(),
    byChecksumObjects: copied,
    bySizeObjects: 0,
    markersNotHeld: 0,
    exceptions: {
      changed: amount(exceptions.changed),
      archived: amount(exceptions.archived),
      'kept-different': amount(exceptions['kept-different']),
      failed: amount(exceptions.failed),
      missing: amount(exceptions.missing),
    },
    ...patch,
  }
}

export function snapshot(patch: Partial<AppSnapshot> = {}): AppSnapshot {
  return {
    revision: 1,
    session: {
      kind: 'signed-in',
      account: { id: uuid(1), email: 'a@example.org', organisation: null, capBytesPerSecond: 209_715_200 },
      keyKeeping: { kind: 'keychain' },
    },
    current: null,
    connectionProblem: null,
    ...patch,
  }
}
