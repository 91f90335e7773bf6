import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterEach, expect, test, vi } from 'vitest'
import { createHealthRouter } from '../../../../server/api/health.ts'
import type { Queries } from '../../../../server/db/pool.ts'

afterEach(() => vi.useRealTimers())

test('B14: /readyz asks the database at most once a second, however many ask it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let queries = 0
  const query = () => {
    queries++
    return Promise.resolve({ rows: [{ exists: false }] })
  }
  const app = express().use(createHealthRouter({ query } as unknown as Queries, []))
  const refuse: express.ErrorRequestHandler = (_error, _request, response, _next) => void response.status(503).end()
  app.use(refuse)
  const server = createServer(app)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/readyz`
  const ask = async () => (await fetch(url)).status

  expect(await Promise.all(Array.from({ length: 20 }, ask))).toEqual(Array.from({ length: 20 }, () => 503))
  expect(await ask()).toBe(503)
  expect(queries).toBe(1)
  vi.advanceTimersByTime(1_000)
  await ask()
  expect(queries).toBe(2)
  server.closeAllConnections()
  server.close()
})
