import { randomUUID } from 'node:crypto'
import type { MigrationView } from '#shared/contract/schemas.ts'
import { emptyProgress } from '#shared/domain/progress-model.ts'

export function viewOf(change: Partial<MigrationView> = {}): MigrationView {
  return {
    id: randomUUID(),
    revision: 1,
    state: 'running',
    source: {
      endpoint: 'https://s3.example.com',
      region: 'us-east-1',
      accessKeyId: 'AK',
      bucket: 'photos',
      target: { kind: 'bucket' },
    },
    destination: { id: randomUUID(), name: 'My Storage', bucket: 'cc-1', scope: 'personal', prefix: '' },
    capBytesPerSecond: 1,
    options: { existing: 'replace-different' },
    progress: emptyProgress,
    throughput: null,
    waiting: null,
    inventory: null,
    verification: null,
    report: null,
    sealingKey: null,
    attempt: 1,
    failure: null,
    createdAt: '2026-11-22T00:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    ...change,
  }
}
