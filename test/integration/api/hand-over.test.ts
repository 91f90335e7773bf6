import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { MigrationState } from '#shared/domain/migration-state.ts'
import { createNotificationListener, type NotificationListener } from '../../../server/db/listener.ts'
import { notificationChannels } from '../../../server/db/notifications.ts'
import { startTestApi, type TestApi } from '../../support/api-server.ts'
import { createApiCaller, problemOf } from './api-caller.ts'
import { changeState, dispatchOne, sealedFor } from './migration-fixture.ts'

let api: TestApi
let worker: NotificationListener
let heard: string[] = []
let onHeard = (): void => undefined

beforeAll(async () => {
  api = await startTestApi()
  const hear = (payload: string): void => {
    heard.push(payload)
    onHeard()
  }
  worker = createNotificationListener(
    {
      databaseUrl: api.testDatabase.url,
      applicationName: 'worker of the test',
      logger: { info: () => undefined, warn: () => undefined },
    },
    { onNotification: { [notificationChannels.secretSealed]: hear }, onReturn: () => undefined },
  )
  await worker.start()
})
afterAll(async () => {
  await worker.stop()
  await api.stop()
})
afterEach(async () => {
  heard = []
  await api.database.query('DELETE FROM migrations')
})

const handOver = (id: string, sealed: object, name: keyof TestApi['accounts'] = 'member') =>
  createApiCaller(api.origin, api.accounts[name].key).put(`/v1/migrations/${id}/source-secret`, sealed)

test('B1, S9: the ciphertext is relayed once to the waiting worker, and kept and logged nowhere', async () => {
  const id = await dispatchOne(api, api.accounts.member)
  const sealed = sealedFor()
  await changeState(api, id, 'awaiting-credentials', sealed.keyId)
  const arrived = new Promise<void>((resolve) => (onHeard = resolve))

  const answer = await handOver(id, sealed)
  expect([answer.status, answer.body]).toEqual([202, {}])
  await arrived
  expect(heard.map((payload) => JSON.parse(payload) as unknown)).toEqual([{ migrationId: id, sealed }])

  const { rows } = await api.database.query<{ row: string }>('SELECT migrations::text AS row FROM migrations')
  const { rows: keys } = await api.database.query<{ row: string }>(
    'SELECT idempotency_keys::text AS row FROM idempotency_keys',
  )
  expect(JSON.stringify([rows, keys]) + api.logText()).not.toContain(sealed.ciphertext)
})

test.each<[MigrationState, string]>([
  ['queued', 'secret-not-awaited'],
  ['running', 'secret-not-awaited'],
  ['cancelling', 'secret-not-awaited'],
  ['completed', 'migration-ended'],
  ['cancelled', 'migration-ended'],
])('a migration that is %s takes no secret: 409 %s', async (state, code) => {
  const id = await dispatchOne(api, api.accounts.member)
  const sealed = sealedFor()
  // Even if its key were still on the row.
  await changeState(api, id, state, sealed.keyId)
  expect(problemOf(await handOver(id, sealed))).toMatchObject({ code, status: 409 })
  expect(heard).toEqual([])
})

test('a secret sealed to a key of an earlier worker is refused (B8)', async () => {
  const id = await dispatchOne(api, api.accounts.member)
  await changeState(api, id, 'awaiting-credentials', randomUUID())
  expect(problemOf(await handOver(id, sealedFor()))).toMatchObject({ code: 'secret-not-awaited', status: 409 })
})

test('another account’s migration and one that never was are 404 alike', async () => {
  const id = await dispatchOne(api, api.accounts.member)
  const sealed = sealedFor()
  await changeState(api, id, 'awaiting-credentials', sealed.keyId)
  expect(problemOf(await handOver(id, sealed, 'owner')).code).toBe('not-found')
  expect(problemOf(await handOver(randomUUID(), sealed)).code).toBe('not-found')
  expect(heard).toEqual([])
})

test('the body is checked field by field, and a clear secret has no place in it', async () => {
  const id = await dispatchOne(api, api.accounts.member)
  const answer = await handOver(id, {
    keyId: 'x',
    encapsulatedKey: '',
    ciphertext: '*'.repeat(30),
    secretAccessKey: 'hunter2',
  })
  expect(problemOf(answer).errors?.map(({ pointer }) => pointer)).toEqual([
    '/keyId',
    '/encapsulatedKey',
    '/encapsulatedKey',
    '/ciphertext',
    '',
  ])
  expect(answer.text + api.logText()).not.toContain('hunter2')
})
