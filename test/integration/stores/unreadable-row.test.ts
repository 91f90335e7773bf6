import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Database } from '../../../server/db/pool.ts'
import { createJobStore } from '../../../server/stores/job-store.ts'
import { createMigrationStore } from '../../../server/stores/migration-store.ts'
import { insertMigration } from '../../support/migration-rows.ts'
import { withTestDatabase } from '../../support/postgres.ts'

let database: Database

withTestDatabase((opened) => (database = opened))

test('S12: a row with an amount beyond all measure keeps nobody from their events, and no worker from its job', async () => {
  await database.query('ALTER TABLE migrations DROP CONSTRAINT migrations_amounts_check')
  const ids = [await insertMigration(database, 'running', { isOver: true }), await insertMigration(database, 'running')]
  await database.query('UPDATE migrations SET total_bytes = 20000000000000000 WHERE id = $1', [ids[0]])
  const watched = ids.map((id) => ({ id, revision: 0 }))
  const found = await createMigrationStore(database).findNewer(watched)
  expect(new Map(found.map(({ id, progress }) => [id, progress.totalBytes]))).toEqual(
    new Map([
      [ids[0], Number.MAX_SAFE_INTEGER],
      [ids[1], null],
    ]),
  )
  const key = { keyId: randomUUID(), publicKey: 'A'.repeat(43) }
  const job = await createJobStore(database).claim({ workerId: randomUUID(), leaseTtlMs: 60_000, key })
  expect(job).toMatchObject({ migrationId: ids[0], progress: { totalBytes: Number.MAX_SAFE_INTEGER } })
})
