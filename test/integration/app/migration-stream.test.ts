import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HEARTBEAT_HEADER } from '#shared/contract/headers.ts'
import type { MigrationView } from '#shared/contract/schemas.ts'
import { Secret } from '#shared/domain/secret.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { createConnectionReturns } from '../../../src/main/api/connection-returns.ts'
import { createMigrationStream } from '../../../src/main/api/migration-stream.ts'
import { type FakeApi, migrationView, openEvents, sendProblem, startFakeApi } from './fakes/fake-api.ts'

const migration = migrationView()
const route = `GET /v1/migrations/${migration.id}/events`
const at = (revision: number, part: Partial<MigrationView> = {}) => ({ ...migration, revision, ...part })

let api: FakeApi
const stops: (() => void)[] = []
beforeEach(async () => {
  api = await startFakeApi()
})
afterEach(async () => {
  for (const stop of stops.splice(0)) stop()
  await api.stop()
})

/** As short as a test can wait for; double for an API that says how often it beats. */
const silenceOf = (ms: number) => (heartbeatMs: string | undefined) => (heartbeatMs === undefined ? ms : 2 * Number(heartbeatMs))

function follow(knownRevision = 0, silenceMs = 60_000) {
  const returns = createConnectionReturns()
  const told = { revisions: [] as number[], afterGap: [] as boolean[], interrupted: [] as AppProblem[], refused: [] as AppProblem[], alive: 0 }
  const stream = createMigrationStream({ origin: api.origin, userAgent: 'test', silenceLimitMs: silenceOf(silenceMs), returns, random: () => 1 })
  const stop = stream({
    migrationId: migration.id,
    apiKey: Secret.of('cck_1'),
    knownRevision,
    onMigration: ({ revision }, isAfterGap) => {
      told.revisions.push(revision)
      told.afterGap.push(isAfterGap === true)
    },
    onAlive: () => told.alive++,
    onInterrupted: (problem) => told.interrupted.push(problem),
    onRefused: (problem) => told.refused.push(problem),
  })
  stops.push(stop)
  return { told, stop, returns }
}

describe('event stream of a migration', () => {
  it('S12, S14: tells each state as it comes and ends with the terminal one', async () => {
    let isClosed = false
    api.on(route, (_request, response) => {
      response.on('close', () => (isClosed = true))
      const push = openEvents(response)
      push(at(1))
      push(at(2))
      push(at(3, { state: 'completed' }))
    })
    const { told } = follow()
    await vi.waitFor(() => expect(told.revisions).toEqual([1, 2, 3]))
    await vi.waitFor(() => expect(isClosed).toBe(true))
    expect(told.interrupted).toEqual([])
    expect(api.seen).toHaveLength(1)
    expect(api.seen[0]?.headers).toMatchObject({ accept: 'text/event-stream', authorization: 'Bearer cck_1' })
  })

  it('S18, B8: comes back by itself after a cut and goes on from what it knows', async () => {
    let cut = (): void => undefined
    api.on(route, (_request, response) => {
      openEvents(response)(at(api.seen.length === 1 ? 7 : 8))
      cut = () => void response.destroy()
    })
    const { told } = follow(6)
    await vi.waitFor(() => expect(told.revisions).toEqual([7]))
    cut()
    await vi.waitFor(() => expect(told.revisions).toEqual([7, 8]), 5_000)
    expect(api.seen.map(({ headers }) => headers['last-event-id'])).toEqual(['6', '7'])
    expect(told.afterGap).toEqual([false, true])
    expect(told.interrupted).toHaveLength(1)
  })

  it('S14: one that the API ends in good order is opened anew, and nobody is told of a lost connection', async () => {
    api.on(route, (_request, response) => {
      openEvents(response)(at(api.seen.length === 1 ? 7 : 8))
      if (api.seen.length === 1) response.end()
    })
    const { told } = follow(6)
    await vi.waitFor(() => expect(told.revisions).toEqual([7, 8]), 5_000)
    expect(told.afterGap).toEqual([false, false])
    expect(told.interrupted).toEqual([])
  })

  it('gives up a stream that has fallen silent', async () => {
    api.on(route, (_request, response) => void openEvents(response))
    const { told } = follow(1, 100)
    await api.sawRequest(route, 2)
    expect(told.interrupted[0]).toEqual({ code: 'api-unreachable', reference: 'ETIMEDOUT' })
    expect(told.alive).toBeGreaterThan(0)
  })

  it('S14: waits for the next beat as long as the API says that it takes', async () => {
    api.on(route, (_request, response) => {
      response.setHeader(HEARTBEAT_HEADER, '60000')
      openEvents(response)
      setTimeout(() => response.destroy(), 400)
    })
    const { told } = follow(1, 50)
    await api.sawRequest(route, 2)
    expect(told.interrupted[0]).toMatchObject({ reference: 'ECONNRESET' })
  })

  it('S14: opens it anew when the connection is back, whatever the old one seems', async () => {
    api.on(route, (_request, response) => void openEvents(response))
    const { told, returns } = follow(1)
    await api.sawRequest(route, 1)
    returns.announce()
    await api.sawRequest(route, 2)
    expect(told.interrupted).toEqual([])
  })

  it('a heartbeat keeps it', async () => {
    let beats = 0
    api.on(route, (_request, response) => {
      openEvents(response)
      const heart = setInterval(() => (++beats < 8 ? response.write(':\n\n') : response.destroy()), 50)
      response.on('close', () => clearInterval(heart))
    })
    const { told } = follow(1, 200)
    await vi.waitFor(() => expect(told.interrupted).toEqual([{ code: 'api-unreachable', reference: 'ECONNRESET' }]), 5_000)
    expect(beats).toBe(8)
  })

  it.each(['unauthenticated', 'not-found'] as const)('stops for good when the answer is %s', async (code) => {
    api.on(route, (_request, response) => sendProblem(response, code))
    const { told } = follow()
    await vi.waitFor(() => expect(told.refused).toEqual([{ code }]))
    expect(api.seen).toHaveLength(1)
  })

  it('tries again when the API is not ready or what answers is no stream', async () => {
    let connections = 0
    api.on(route, (_request, response) => {
      connections++
      if (connections === 1) sendProblem(response, 'unavailable')
      else if (connections === 2) response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')
      else openEvents(response)(at(1, { state: 'failed' }))
    })
    const { told } = follow()
    await vi.waitFor(() => expect(told.revisions).toEqual([1]), 10_000)
    expect(told.interrupted.map(({ code }) => code)).toEqual(['unavailable', 'api-not-understood'])
  })

  it('reads no event beyond its limit', async () => {
    api.on(route, (_request, response) => {
      openEvents(response)
      response.write(`event: migration\ndata: ${'x'.repeat(600_000)}`)
    })
    const { told } = follow()
    await vi.waitFor(() => expect(told.interrupted).toEqual([{ code: 'api-not-understood' }]), 5_000)
  })

  it('ends the connection when it is told to stop', async () => {
    const closed = new Promise<void>((resolve) => {
      api.on(route, (_request, response) => {
        response.on('close', resolve)
        openEvents(response)(at(1))
      })
    })
    const { told, stop } = follow()
    await vi.waitFor(() => expect(told.revisions).toEqual([1]))
    stop()
    await closed
    expect(told.interrupted).toEqual([])
  })
})
