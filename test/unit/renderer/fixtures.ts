import type { MigrationView, Verification } from '#shared/contract/schemas.ts'
import type { ExceptionOutcome } from '#shared/domain/object-outcome.ts'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import type { AppSnapshot, CurrentMigration } from '#shared/ipc/snapshot.ts'
import { runningMigration } from '../../support/running-migration.ts'

export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

export function migration(patch: Partial<MigrationView> = {}): MigrationView {
  const { source, destination } = runningMigration()
  return runningMigration({
    id: uuid(99),
    source: { ...source, bucket: 'field-recordings', target: { kind: 'folder', prefix: 'photos/' } },
    destination: { ...destination, bucket: 'cc-my', prefix: 'photos/' },
    progress: {
      ...emptyProgress,
      copiedBytes: 1_214_900_000_000,
      copiedObjects: 12_430,
      totalBytes: 3_400_000_000_000,
      totalObjects: 51_002,
      bytesPerSecond: 1,
    },
    startedAt: '2026-11-22T12:00:00Z',
    ...patch,
  })
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
    preferences: {
      theme: 'system',
      isLaunchedAtLogin: false,
      isStartedInTray: true,
      isKeptInTray: true,
      notifications: { completed: true, 'needs-attention': true, cancelled: true },
    },
    endNews: [],
    linkProblem: null,
    updates: { kind: 'idle', checkedAt: null },
    ...patch,
  }
}
