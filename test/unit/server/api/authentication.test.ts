import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Secret } from '#shared/domain/secret.ts'
import { createAuthentication } from '../../../../server/api/authentication.ts'
import { createFailureLimit } from '../../../../server/api/rate-limits.ts'
import { ApiProblem } from '../../../../server/api/problem.ts'
import { createApiKey, hashApiKey } from '../../../../server/directory/api-key.ts'
import type { Caller, CallerStore } from '../../../../server/stores/ports.ts'

const LIMIT = 3
const goodKey = createApiKey()
const caller: Caller = { keyId: 'key', account: { id: 'account', email: 'a@example.com', organisation: null } }

/** Knows the one good key and counts how often it is asked. */
class CountingCallers implements Pick<CallerStore, 'findByKeyHashes'> {
  readonly asked: number[] = []
  goodHash: string | null = hashApiKey(goodKey).toString('hex')

  findByKeyHashes(keyHashes: readonly Buffer[]): Promise<ReadonlyMap<string, Caller>> {
    this.asked.push(keyHashes.length)
    const found = keyHashes.map((hash) => hash.toString('hex')).filter((hash) => hash === this.goodHash)
    return Promise.resolve(new Map(found.map((hash) => [hash, caller])))
  }
}

let callers: CountingCallers
let server: Server

beforeEach(async () => {
  callers = new CountingCallers()
  const app = express()
  app.use(createAuthentication(callers, createFailureLimit(LIMIT)))
  app.use((_request, response) => void response.sendStatus(200))
  app.use(((error, _request, response, _next) => {
    response.status(error instanceof ApiProblem && error.problem.code === 'rate-limited' ? 429 : 401).end()
  }) satisfies express.ErrorRequestHandler)
  server = createServer(app)
  await once(server.listen(0, '127.0.0.1'), 'listening')
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

async function statusWith(key: Secret): Promise<number> {
  const { port } = server.address() as AddressInfo
  const headers = { authorization: `Bearer ${key.reveal()}` }
  const response = await fetch(`http://127.0.0.1:${String(port)}/`, { headers })
  return response.status
}
const guess = () => statusWith(createApiKey())
const useUpFailures = async () => {
  for (let i = 0; i < LIMIT; i++) expect(await guess()).toBe(401)
}

describe('E10: an address over its failure limit', () => {
  test('guesses no longer cost a query each', async () => {
    await useUpFailures()
    callers.asked.length = 0
    const answers = await Promise.all(Array.from({ length: 100 }, guess))
    expect(new Set(answers)).toEqual(new Set([429]))
    expect(callers.asked.length).toBeLessThanOrEqual(3)
    expect(callers.asked.reduce((sum, count) => sum + count, 0)).toBe(100)
  })

  test('a good key from there goes on, amid a flood and without having been seen before', async () => {
    await useUpFailures()
    const flood = Array.from({ length: 50 }, guess)
    expect(await statusWith(goodKey)).toBe(200)
    await Promise.all(flood)
  })

  test('a revoked key is refused there too', async () => {
    await useUpFailures()
    expect(await statusWith(goodKey)).toBe(200)
    callers.goodHash = null
    expect(await statusWith(goodKey)).toBe(429)
  })
})

test('below the limit each key is looked up by itself, at once', async () => {
  await statusWith(goodKey)
  await guess()
  expect(callers.asked).toEqual([1, 1])
})
