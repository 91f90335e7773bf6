import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { MigrationState } from '#shared/domain/migration-state.ts'
import { createNotificationListener } from '../../../server/db/listener.ts'
import { notificationChannels } from '../../../server/db/notifications.ts'
import { startTestApi, type TestApi } from '../../support/api-server.ts'
import { createApiCaller, migrationOf, problemOf } from './api-caller.ts'
import { changeState, dispatchOne } from './migration-fixture.ts'

let api: TestApi

beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.stop())
afterEach(() => api.database.query('DELETE FROM migrations'))

const cancel = (id: string, name: keyof TestApi['accounts'] = 'member') =>
  createApiCaller(api.origin, api.accounts[name].key).cancel(id)

test('S15: a queued migration is cancelled at once', async () => {
  const id = await dispatchOne(api, api.accounts.member)
  const answer = await cancel(id)
  expect(answer.status).toBe(202)
  expect(migrationOf(answer)).toMatchObject({
    id,
    state: 'cancelled',
    revision: 2,
    finishedAt: expect.any(String) as string,
  })
})

test.each<MigrationState>(['awaiting-credentials', 'running', 'paused', 'verifying'])(
  'S15: one that is %s is asked to stop; the worker is told; no key stays on offer',
  async (state) => {
    const id = await dispatchOne(api, api.accounts.member)
    await changeState(api, id, state, state === 'awaiting-credentials' ? randomUUID() : null)
    const heard: string[] = []
    let tell = (): void => undefined
    const told = new Promise<void>((resolve) => (tell = resolve))
    const worker = createNotificationListener(
      {
        databaseUrl: api.testDatabase.url,
        applicationName: 'worker',
        logger: { info: () => undefined, warn: () => undefined },
      },
      {
        onNotification: {
          [notificationChannels.cancelRequested]: (payload) => {
            heard.push(payload)
            tell()
          },
        },
        onReturn: () => undefined,
      },
    )
    await worker.start()
    const answer = await cancel(id)
    await told
    await worker.stop()
    expect(answer.status).toBe(202)
    expect(migrationOf(answer)).toMatchObject({ state: 'cancelling', revision: 3, finishedAt: null, sealingKey: null })
    const { rows } = await api.database.query('SELECT sealing_key_id, sealing_public_key FROM migrations')
    expect(rows).toEqual([{ sealing_key_id: null, sealing_public_key: null }])
    expect(heard.map((payload) => JSON.parse(payload) as unknown)).toEqual([{ migrationId: id }])
  },
)

test('asking again while it stops answers 202 and changes nothing', async () => {
  const id = await dispatchOne(api, api.accounts.member)
  await changeState(api, id, 'running')
  const [first, second] = [migrationOf(await cancel(id)), await cancel(id)]
  expect(second.status).toBe(202)
  expect(migrationOf(second)).toEqual(first)
})

test('of many simultaneous cancels one makes the change', async () => {
  const id = await dispatchOne(api, api.accounts.member)
  await changeState(api, id, 'running')
  const answers = await Promise.all(Array.from({ length: 10 }, () => cancel(id)))
  expect(new Set(answers.map((answer) => migrationOf(answer).revision))).toEqual(new Set([3]))
})

test.each<MigrationState>(['completed', 'failed', 'cancelled'])(
  'terminal states never change: 409 for one that is %s',
  async (state) => {
    const id = await dispatchOne(api, api.accounts.member)
    await changeState(api, id, state)
    expect(problemOf(await cancel(id))).toMatchObject({ code: 'migration-ended', status: 409 })
    const { rows } = await api.database.query('SELECT state, revision FROM migrations')
    expect(rows).toEqual([{ state, revision: 2 }])
  },
)

test('nobody cancels another account’s migration', async () => {
  const id = await dispatchOne(api, api.accounts.member)
  expect(problemOf(await cancel(id, 'owner')).code).toBe('not-found')
  const { rows } = await api.database.query('SELECT state FROM migrations')
  expect(rows).toEqual([{ state: 'queued' }])
})
