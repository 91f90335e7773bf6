import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { startTestApi, type TestApi } from '../../support/api-server.ts'
import { createApiCaller, problemOf } from './api-caller.ts'
import { type EventReader, readEvents } from './event-reader.ts'
import { changeState, dispatchOne } from './migration-fixture.ts'

let api: TestApi
let open: EventReader[] = []

beforeAll(async () => {
  api = await startTestApi({ heartbeatMs: 50 })
})
afterAll(() => api.stop())
afterEach(async () => {
  for (const reader of open) reader.close()
  open = []
  await api.database.query('DELETE FROM migrations')
})

async function watch(id: string, lastEventId?: string, origin = api.origin): Promise<EventReader> {
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
  const reader = await readEvents(origin, `/v1/migrations/${id}/events`, api.accounts.member.key, headers)
  open.push(reader)
  return reader
}

test('S14: the state now, then each change, then the end with the terminal event', async () => {
  const id = await dispatchOne(api, api.accounts.member)
  const reader = await watch(id)
  expect(reader.status).toBe(200)
  expect(reader.headers.get('content-type')).toContain('text/event-stream')
  expect(reader.headers.get('cache-control')).toContain('no-transform')
  expect(reader.headers.get('x-accel-buffering')).toBe('no')
  expect(reader.headers.get('heartbeat-ms')).toBe('50')
  expect(await reader.next()).toMatchObject({ id: '1', event: 'migration', migration: { id, state: 'queued' } })
  await changeState(api, id, 'running')
  expect(await reader.next()).toMatchObject({ id: '2', migration: { state: 'running' } })
  await changeState(api, id, 'completed')
  expect(await reader.next()).toMatchObject({ id: '3', migration: { state: 'completed' } })
  expect(await reader.next()).toBeNull()
})

test('B15: a change made through one API reaches the streams of another', async () => {
  const id = await dispatchOne(api, api.accounts.member)
  const reader = await watch(id, undefined, await api.startAnother())
  await reader.next()
  await createApiCaller(api.origin, api.accounts.member.key).cancel(id)
  expect(await reader.next()).toMatchObject({ migration: { state: 'cancelled' } })
})

test('a change without a notification arrives with the next tick (B8)', async () => {
  const id = await dispatchOne(api, api.accounts.member)
  const reader = await watch(id)
  await reader.next()
  await api.database.query('UPDATE migrations SET revision = revision + 1, copied_bytes = 7 WHERE id = $1', [id])
  expect(await reader.next()).toMatchObject({ id: '2', migration: { progress: { copiedBytes: 7 } } })
})

test('resumed with Last-Event-ID it sends the present state only if newer', async () => {
  const id = await dispatchOne(api, api.accounts.member)
  await changeState(api, id, 'running')
  expect(await (await watch(id, '1')).next()).toMatchObject({ id: '2' })

  const upToDate = await watch(id, '2')
  await changeState(api, id, 'verifying')
  expect(await upToDate.next()).toMatchObject({ id: '3', migration: { state: 'verifying' } })
  expect(await (await watch(id, 'not-ours')).next()).toMatchObject({ id: '3' })
})

test('of an ended migration it sends the end, or nothing to one who has it, and closes', async () => {
  const id = await dispatchOne(api, api.accounts.member)
  await changeState(api, id, 'failed')
  const fresh = await watch(id)
  expect(await fresh.next()).toMatchObject({
    id: '2',
    migration: { state: 'failed', failure: { code: 'worker-error' } },
  })
  expect(await fresh.next()).toBeNull()
  expect(await (await watch(id, '2')).next()).toBeNull()
})

test('a quiet stream beats', async () => {
  const reader = await watch(await dispatchOne(api, api.accounts.member))
  expect(await reader.nextComment()).toBe('heartbeat')
  expect(await reader.nextComment()).toBe('heartbeat')
})

test('an account has at most ten streams; one that closes makes room', async () => {
  const id = await dispatchOne(api, api.accounts.member)
  for (let i = 0; i < 10; i++) expect((await watch(id)).status).toBe(200)
  const path = `/v1/migrations/${id}/events`
  const caller = createApiCaller(api.origin, api.accounts.member.key)
  expect(problemOf(await caller.get(path))).toMatchObject({ code: 'rate-limited', status: 429 })

  open[0]?.close()
  await vi.waitFor(async () => expect((await watch(id)).status).toBe(200), { timeout: 5_000 })
})

test('other accounts’ migrations have no stream; HEAD tells the type and ends', async () => {
  const id = await dispatchOne(api, api.accounts.member)
  const foreign = createApiCaller(api.origin, api.accounts.owner.key)
  expect(problemOf(await foreign.get(`/v1/migrations/${id}/events`)).code).toBe('not-found')
  const own = createApiCaller(api.origin, api.accounts.member.key)
  expect((await own.send('HEAD', `/v1/migrations/${id}/events`)).headers.get('content-type')).toContain(
    'text/event-stream',
  )
})
