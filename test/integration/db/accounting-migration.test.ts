import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { MigrationState } from '#shared/domain/migration-state.ts'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import { migrate, readSchemaFiles } from '../../../server/db/migrate.ts'
import { createDatabase, type Database, inTransaction } from '../../../server/db/pool.ts'
import { createMigrationStore } from '../../../server/stores/migration-store.ts'
import { type AccountRow, insertAccount, insertMigration } from '../../support/migration-rows.ts'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'
import { inSchema } from './in-schema.ts'

// A database as the release before left it: `001` with accounts and migrations in it.
let testDatabase: TestDatabase
let admin: Database
let database: Database
let schemas = 0

const open = (url: TestDatabase['url']): Database =>
  createDatabase({ databaseUrl: url, applicationName: 'test', onIdleError: () => undefined })

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  admin = open(testDatabase.url)
})
beforeEach(async () => {
  const schema = `release_${String(++schemas)}`
  await admin.query(`CREATE SCHEMA ${schema}`)
  database = open(inSchema(testDatabase.url, schema))
  expect((await migrate(database, readSchemaFiles().slice(0, 1))).ok).toBe(true)
})
afterEach(() => database.end())
afterAll(async () => {
  await admin.end()
  await testDatabase.drop()
})

const addMigration = (account: AccountRow, state: MigrationState) => insertMigration(database, state, { account })

test('B3: what is there stays as it is and can be read, with nothing told that was never found out', async () => {
  const account = await insertAccount(database)
  const ids = [
    await addMigration(account, 'running'),
    await addMigration(account, 'completed'),
    await addMigration(account, 'failed'),
  ]
  expect((await migrate(database)).ok).toBe(true)
  const store = createMigrationStore(database)
  for (const [index, state] of ['running', 'completed', 'failed'].entries()) {
    expect(await store.find(account.accountId, ids[index] ?? '')).toMatchObject({
      state,
      options: { existing: 'replace-different' },
      progress: emptyProgress,
      throughput: null,
      waiting: null,
      inventory: null,
      verification: null,
      report: null,
    })
  }
})

test('S12: a total that a store made up is cut to what can be read', async () => {
  const account = await insertAccount(database)
  const id = await addMigration(account, 'running')
  await database.query('UPDATE migrations SET total_bytes = 20000000000000000, copied_bytes = 7 WHERE id = $1', [id])
  expect((await migrate(database)).ok).toBe(true)
  expect(await createMigrationStore(database).find(account.accountId, id)).toMatchObject({
    progress: { totalBytes: Number.MAX_SAFE_INTEGER, copiedBytes: 7 },
  })
})

test('S7: a second live migration is refused before, during and after the change', async () => {
  const account = await insertAccount(database)
  await addMigration(account, 'running')
  await expect(addMigration(account, 'queued')).rejects.toMatchObject({ constraint: 'migrations_one_live' })

  const [, change] = readSchemaFiles()
  const { second } = await inTransaction(database, async (queries) => {
    await queries.query(change?.sql ?? '')
    // It must wait for the change, and then meet the new index.
    const waiting = addMigration(account, 'queued').then(
      () => 'inserted',
      (error: unknown) => (error as { constraint?: string }).constraint,
    )
    await expect
      .poll(async () => (await admin.query(`SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'`)).rowCount)
      .toBe(1)
    return { second: waiting }
  })
  expect(await second).toBe('migrations_one_live')
  await expect(addMigration(account, 'queued')).rejects.toMatchObject({ constraint: 'migrations_one_live' })
})

test('S7, B3: a migration that ended with exceptions has ended, and the account may start another', async () => {
  const account = await insertAccount(database)
  const id = await addMigration(account, 'running')
  expect((await migrate(database)).ok).toBe(true)
  await expect(
    database.query(`UPDATE migrations SET state = 'completed-with-exceptions' WHERE id = $1`, [id]),
  ).rejects.toMatchObject({ constraint: 'migrations_finished_check' })
  await database.query(
    `UPDATE migrations SET state = 'completed-with-exceptions', finished_at = now() WHERE id = $1`,
    [id],
  )
  await addMigration(account, 'queued')
  await expect(addMigration(account, 'queued')).rejects.toMatchObject({ constraint: 'migrations_one_live' })
})
