import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Secret } from '#shared/domain/secret.ts'
import { startTestApi, type TestApi } from '../../support/api-server.ts'
import { createApiCaller } from './api-caller.ts'
import { changeState, dispatchOne } from './migration-fixture.ts'
import { endWithReport, manyRows } from './report-fixture.ts'

const HEARTBEAT_MS = 50
const WAIT = { timeout: 10_000, interval: 20 }

let api: TestApi
let reader: Socket | undefined
let bugs: Error[]
const noteBug = (error: Error): void => void bugs.push(error)

beforeEach(async () => {
  bugs = []
  process.on('uncaughtException', noteBug)
  api = await startTestApi({ heartbeatMs: HEARTBEAT_MS })
})
afterEach(async () => {
  reader?.destroy()
  await api.stop()
  process.off('uncaughtException', noteBug)
})

test('B8: a client that stops reading while its stream ends is dropped, and the API goes on', async () => {
  const { member } = api.accounts
  const id = await dispatchOne(api, member)
  const response = await openUnread(`/v1/migrations/${id}/events`, member.key)
  await fillNetwork(id, response)
  expect(response.writableNeedDrain).toBe(false)

  await changeState(api, id, 'completed')
  await vi.waitFor(() => expect(response.writableEnded).toBe(true), WAIT)
  expect(response.writableFinished).toBe(false)
  await vi.waitFor(() => expect(response.closed).toBe(true), WAIT)
  expect(bugs).toEqual([])
  expect((await createApiCaller(api.origin, member.key).get('/v1/me')).status).toBe(200)
})

test('B3, B8: a client that stops reading its report is dropped; no more of it was made than taken', async () => {
  const { member } = api.accounts
  // More than the system's buffers of a connection hold.
  const id = await endWithReport(api, member, manyRows(100_000))
  const response = await openUnread(`/v1/migrations/${id}/report?format=json`, member.key)
  const { socket } = response
  await vi.waitFor(() => expect(response.closed).toBe(true), WAIT)
  expect(response.writableFinished).toBe(false)
  // Made and handed to the system: what its buffers took, and one part more. The whole file has 21 MB.
  expect(socket?.bytesWritten).toBeGreaterThan(0)
  expect(socket?.bytesWritten).toBeLessThan(15_000_000)
  const { rowCount } = await api.database.query(
    `SELECT FROM pg_stat_activity WHERE application_name = 'carolina-migrate api' AND state <> 'idle'`,
  )
  expect(rowCount).toBe(0)
  expect(bugs).toEqual([])
  expect((await createApiCaller(api.origin, member.key).get('/v1/me')).status).toBe(200)
})

/** Asks for a stream over a bare socket and reads nothing of it; returns the API's side. */
async function openUnread(path: string, key: Secret): Promise<ServerResponse> {
  const started: ServerResponse[] = []
  const note = (message: unknown): void => void started.push((message as { response: ServerResponse }).response)
  subscribe('http.server.request.start', note)
  reader = connect(api.port, '127.0.0.1').pause()
  reader.write(`GET ${path} HTTP/1.1\r\nHost: api\r\nAuthorization: Bearer ${key.reveal()}\r\n\r\n`)
  await vi.waitFor(() => expect(started[0]?.headersSent).toBe(true), WAIT)
  unsubscribe('http.server.request.start', note)
  return started[0]!
}

/** Sends events until the system takes no more and a part of one stays in the process. */
async function fillNetwork(id: string, response: ServerResponse): Promise<void> {
  const target = { kind: 'folder', prefix: `${'x'.repeat(50_000)}/` }
  const isFull = (): boolean => (response.socket?.writableLength ?? 0) > 0
  while (!isFull()) {
    const before = response.socket?.bytesWritten ?? 0
    await api.database.query(
      `UPDATE migrations SET revision = revision + 1, source_target = $2 WHERE id = $1
       RETURNING pg_notify('migration_changed', json_build_object('migrationId', id)::text)`,
      [id, JSON.stringify(target)],
    )
    await vi.waitFor(() => expect(response.socket?.bytesWritten ?? 0).toBeGreaterThan(before + 50_000), WAIT)
  }
  await api.database.query(`UPDATE migrations SET source_target = '{"kind":"bucket"}' WHERE id = $1`, [id])
}
