import { expect, test, vi } from 'vitest'
import { createNotificationListener } from '../../../server/db/listener.ts'
import type { Database } from '../../../server/db/pool.ts'
import { type TestDatabase, withTestDatabase } from '../../support/postgres.ts'

let testDatabase: TestDatabase
let database: Database

withTestDatabase((opened, itsDatabase) => {
  database = opened
  testDatabase = itsDatabase
})

function listen() {
  const heard: string[] = []
  let returns = 0
  const listener = createNotificationListener(
    {
      databaseUrl: testDatabase.url,
      applicationName: 'the listener',
      logger: { info: () => undefined, warn: () => undefined },
    },
    {
      onNotification: {
        one: (payload) => void heard.push(`one ${payload}`),
        two: (payload) => void heard.push(`two ${payload}`),
      },
      onReturn: () => void returns++,
    },
  )
  return { listener, heard, returns: () => returns }
}

const cutConnections = () =>
  database.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'the listener'`)
const listeningConnections = async () => {
  const { rows } = await database.query<{ count: number }>(
    `SELECT count(*) FROM pg_stat_activity WHERE application_name = 'the listener'`,
  )
  return rows[0]?.count
}

test('hears its channels and no others, until it is stopped', async () => {
  const { listener, heard, returns } = listen()
  await listener.start()
  await database.query(`SELECT pg_notify('other', 'x'), pg_notify('one', 'a'), pg_notify('two', 'b')`)
  await vi.waitFor(() => expect(heard).toEqual(['one a', 'two b']))
  await listener.stop()
  await vi.waitFor(async () => expect(await listeningConnections()).toBe(0))
  expect(returns()).toBe(0)
})

test('B8: after each cut it listens again and says that it was away', async () => {
  const { listener, heard, returns } = listen()
  await listener.start()
  for (const round of [1, 2, 3]) {
    await cutConnections()
    await vi.waitFor(() => expect(returns()).toBe(round), { timeout: 5_000 })
    await database.query(`SELECT pg_notify('one', $1)`, [String(round)])
    await vi.waitFor(() => expect(heard).toHaveLength(round))
  }
  await listener.stop()
  expect(heard).toEqual(['one 1', 'one 2', 'one 3'])
})
