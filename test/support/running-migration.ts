import { randomUUID } from 'node:crypto'
import type { MigrationView } from '#shared/contract/schemas.ts'
import { emptyProgress } from '#shared/domain/progress-model.ts'

/** A running migration in every detail; `part` changes what a test is about. */
export function runningMigration(part: Partial<MigrationView> = {}): MigrationView {
  return {
    id: randomUUID(),
    revision: 1,
    state: 'running',
    source: {
      endpoint: 'https://s3.us-east-1.amazonaws.com',
      region: 'us-east-1',
      accessKeyId: 'AKIAEXAMPLE',
      bucket: 'photos',
      target: { kind: 'bucket' },
    },
    destination: { id: randomUUID(), name: 'My Storage', bucket: 'cc-ada', scope: 'personal', prefix: '' },
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
