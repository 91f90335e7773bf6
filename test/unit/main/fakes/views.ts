import type { CurrentMigration } from '#shared/ipc/snapshot.ts'
import type { MigrationView } from '#shared/contract/schemas.ts'

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
    capBytesPerSecond: 209_715_200,
    progress: { copiedBytes: 0, copiedObjects: 0, totalBytes: null, totalObjects: null, bytesPerSecond: null },
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
