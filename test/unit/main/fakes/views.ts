import type { CurrentMigration } from '#shared/ipc/snapshot.ts'
import type { MigrationView, Verification } from '#shared/contract/schemas.ts'
import { emptyProgress } from '#shared/domain/progress-model.ts'

export const MIGRATION_ID = 'b3f9c3a4-5b0e-4e0e-8f43-1f0f6a1d2c01'
export const OTHER_ID = 'b3f9c3a4-5b0e-4e0e-8f43-1f0f6a1d2c02'
export const KEY_ID = 'c3f9c3a4-5b0e-4e0e-8f43-1f0f6a1d2c03'

/** A running migration in every detail; `part` changes what a test is about. */
export function migration(part: Partial<MigrationView> = {}): MigrationView {
  return {
    id: MIGRATION_ID,
    revision: 1,
    state: 'running',
    source: {
      endpoint: 'https://s3.us-east-1.amazonaws.com',
      region: 'us-east-1',
      accessKeyId: 'AKIAEXAMPLE',
      bucket: 'photos',
      target: { kind: 'bucket' },
    },
    destination: { id: OTHER_ID, name: 'My Storage', bucket: 'cc-ada', scope: 'personal', prefix: '' },
    options: { existing: 'replace-different' },
    capBytesPerSecond: 209_715_200,
    progress: emptyProgress,
    throughput: null,
    waiting: null,
    inventory: null,
    verification: null,
    report: null,
    sealingKey: null,
    attempt: 1,
    failure: null,
    createdAt: '2026-11-22T10:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    ...part,
  }
}

export function current(part: Partial<MigrationView> = {}, more: Partial<CurrentMigration> = {}): CurrentMigration {
  return { migration: migration(part), handover: 'not-needed', handoverProblem: null, isCancelRequested: false, ...more }
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
