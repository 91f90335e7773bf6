import { type ClientRequest, get } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type SeededAccount, startTestApi, type TestApi } from '../../support/api-server.ts'
import { dispatchOne } from './migration-fixture.ts'

const STREAMS = 200
const AT_ONCE = 10

let api: TestApi
let ended = 0

beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.stop())

test('200 streams that open and close leave no timer, socket or listener behind', async () => {
  const { member } = api.accounts
  const id = await dispatchOne(api, member)
  const warnings: Error[] = []
  const noteWarning = (warning: Error): void => void warnings.push(warning)
  process.on('warning', noteWarning)
  await openAndClose(member, id)
  const before = await settledResources()
  for (let opened = 0; opened < STREAMS; opened += AT_ONCE) await openAndClose(member, id)
  // Fewer is fine: the pools close connections to the database that were idle for 10 s.
  const grown = async () => {
    const now = await settledResources()
    return Object.keys(now).filter((kind) => (now[kind] ?? 0) > (before[kind] ?? 0))
  }
  await vi.waitFor(async () => expect(await grown()).toEqual([]), { timeout: 30_000, interval: 100 })
  process.off('warning', noteWarning)
  expect(warnings).toEqual([])
})

/** Opens as many as an account may have, waits for each one's first byte, and leaves. */
async function openAndClose(account: SeededAccount, id: string): Promise<void> {
  const requests = await Promise.all(Array.from({ length: AT_ONCE }, () => openStream(account, id)))
  const closed = requests.map((request) => new Promise((resolve) => request.once('close', resolve)))
  for (const request of requests) request.destroy()
  await Promise.all(closed)
  ended += AT_ONCE
  await vi.waitFor(() => {
    // The API has noticed: it logs a request when its answer is closed.
    expect(api.logText().match(/"route":"\/v1\/migrations\/:migrationId\/events"/g)).toHaveLength(ended)
  })
}

function openStream(account: SeededAccount, id: string): Promise<ClientRequest> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${account.key.reveal()}` }
    const request = get(`${api.origin}/v1/migrations/${id}/events`, { agent: false, headers }, (response) => {
      response.on('error', () => undefined)
      response.once('data', () => (response.statusCode === 200 ? resolve(request) : reject(new Error('refused'))))
    })
    request.on('error', reject)
  })
}

/** What keeps the process busy, counted by kind, and listeners on the process itself. */
async function settledResources(): Promise<Record<string, number>> {
  await api.database.query('SELECT 1')
  const counts: Record<string, number> = {}
  for (const kind of process.getActiveResourcesInfo()) {
    if (/Timeout|TCP|Immediate/.test(kind)) counts[kind] = (counts[kind] ?? 0) + 1
  }
  for (const name of process.eventNames()) counts[String(name)] = process.listenerCount(name)
  return counts
}
