import type { CurrentMigration } from '#shared/ipc/snapshot.ts'
import type { MigrationView, Verification } from '#shared/contract/schemas.ts'
import { runningMigration } from '../../../support/running-migration.ts'

export const MIGRATION_ID = 'b3f9c3a4-5b0e-4e0e-8f43-1f0f6a1d2c01'
export const OTHER_ID = 'b3f9c3a4-5b0e-4e0e-8f43-1f0f6a1d2c02'
export const KEY_ID = 'c3f9c3a4-5b0e-4e0e-8f43-1f0f6a1d2c03'

export function migration(part: Partial<MigrationView> = {}): MigrationView {
  const { destination } = runningMigration()
  return runningMigration({ id: MIGRATION_ID, destination: { ...destination, id: OTHER_ID }, ...part })
}

export function current(part: Partial<MigrationView> = {}, more: Partial<CurrentMigration> = {}): CurrentMigration {
  return { migration: migration(part), handover: 'not-needed', handoverProblem: null, isCancelRequested: false, isEndMissed: false, ...more }
}

/** Ten files are across; `exceptions` are those that are not. */
export function verification(exceptions: Partial<Record<keyof Verification['exceptions'], number>>): Verification {
  const of = (objects = 0) => ({ objects, bytes: objects * 100 })
  return {
    copied: of(10),
    alreadyThere: of(),
    byChecksumObjects: 10,
    bySizeObjects: 0,
    markersNotHeld: 0,
    exceptions: {
      changed: of(exceptions.changed),
      archived: of(exceptions.archived),
      'kept-different': of(exceptions['kept-different']),
      failed: of(exceptions.failed),
      missing: of(exceptions.missing),
    },
  }
}
