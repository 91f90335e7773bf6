import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startTestApi, type TestApi } from '../../support/api-server.ts'
import { createApiCaller, problemOf } from './api-caller.ts'
import { readEvents } from './event-reader.ts'
import { changeState, dispatchOne } from './migration-fixture.ts'

let api: TestApi

beforeEach(async () => {
  // The API looks at its streams by intervals; everything else keeps real time.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  api = await startTestApi()
})
afterEach(async () => {
  vi.useRealTimers()
  await api.stop()
})

test('a revoked key’s open streams end within a minute, the account’s other keys’ go on', async () => {
  const { member } = api.accounts
  const added = await api.directory.addKey(member.email, 'to be revoked')
  if (!added.ok) throw new Error('no key')
  const id = await dispatchOne(api, member)
  const open = (key: typeof member.key) => readEvents(api.origin, `/v1/migrations/${id}/events`, key)
  const [revoked, kept] = [await open(added.value.key), await open(member.key)]
  await Promise.all([revoked.next(), kept.next()])

  await api.directory.revokeKey(added.value.id)
  vi.advanceTimersByTime(59_000)
  expect(await revoked.next()).toBeNull()
  expect(problemOf(await createApiCaller(api.origin, added.value.key).get('/v1/me')).code).toBe('unauthenticated')
  await changeState(api, id, 'running')
  expect(await kept.next()).toMatchObject({ migration: { state: 'running' } })
  kept.close()
})
