import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { migrate } from '../../../server/db/migrate.ts'
import { createDatabase, type Database, inTransaction, isDatabaseUnavailable } from '../../../server/db/pool.ts'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'
import { type SilencingProxy, startSilencingProxy } from './fakes/silencing-proxy.ts'

/** The statement's own 15 s, and two for the way. */
const ANSWER_LIMIT_MS = 17_000

let testDatabase: TestDatabase
let proxy: SilencingProxy
let database: Database
let direct: Database
let bugs: Error[]
const noteBug = (error: Error): void => void bugs.push(error)

beforeEach(async () => {
  bugs = []
  process.on('uncaughtException', noteBug)
  testDatabase = await createTestDatabase()
  proxy = await startSilencingProxy(testDatabase.url)
  const open = (databaseUrl: typeof proxy.url) =>
    createDatabase({ databaseUrl, applicationName: 'test', onIdleError: () => undefined })
  database = open(proxy.url)
  direct = open(testDatabase.url)
})
afterEach(async () => {
  vi.useRealTimers()
  await proxy.stop()
  await database.end()
  await direct.end()
  await testDatabase.drop()
  process.off('uncaughtException', noteBug)
})

const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (isDatabaseUnavailable(error) ? 'unavailable' : error),
  )

describe('B8: the database goes silent after login', () => {
  test('a query fails as unavailable after its limit, and its connection is given up', async () => {
    await database.query('SELECT 1')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    proxy.silence()
    const outcome = outcomeOf(database.query('SELECT 2'))
    await proxy.heard
    vi.advanceTimersByTime(ANSWER_LIMIT_MS)
    expect(await outcome).toBe('unavailable')
    expect(database.totalCount).toBe(0)
  })

  test('a transaction fails after the same limit, without waiting for its rollback', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const outcome = outcomeOf(
      inTransaction(database, async (queries) => {
        proxy.silence()
        await queries.query('SELECT 2')
      }),
    )
    await proxy.heard
    vi.advanceTimersByTime(ANSWER_LIMIT_MS)
    expect(await outcome).toBe('unavailable')
    expect(database.totalCount).toBe(0)
  })

  test('a new connection is not waited for longer than 5 s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    proxy.silence()
    const outcome = outcomeOf(database.query('SELECT 1'))
    await proxy.heard
    vi.advanceTimersByTime(5_000)
    expect(await outcome).toBe('unavailable')
  })
})

test('B8: a connection that is cut between two queries of a transaction fails it, and only it', async () => {
  const outcome = outcomeOf(
    inTransaction(database, async (queries) => {
      const { rows } = await queries.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
      const gone = new Promise((resolve) => queries.once('end', resolve))
      await direct.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])
      await gone
      await queries.query('SELECT 1')
    }),
  )
  expect(await outcome).toBe('unavailable')
  expect(bugs).toEqual([])
  expect((await database.query('SELECT 1')).rowCount).toBe(1)
})

test('a schema change may wait and work longer than any other query', async () => {
  const holder = await direct.connect()
  await holder.query('BEGIN')
  await holder.query('LOCK TABLE schema_migrations')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const outcome = outcomeOf(migrate(database))
  await vi.waitFor(async () => {
    const { rowCount } = await holder.query(`SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'relation'`)
    expect(rowCount).toBe(1)
  })
  vi.advanceTimersByTime(2 * ANSWER_LIMIT_MS)
  await holder.query('COMMIT')
  holder.release()
  expect(await outcome).toBe('done')
})
