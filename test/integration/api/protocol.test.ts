import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#shared/contract/endpoints.ts'
import { Secret } from '#shared/domain/secret.ts'
import { createApiKey } from '../../../server/directory/api-key.ts'
import { startTestApi, type TestApi } from '../../support/api-server.ts'
import { createApiCaller, dispatchBody, problemOf } from './api-caller.ts'

let api: TestApi
let caller: ReturnType<typeof createApiCaller>
const json = { 'content-type': 'application/json', 'idempotency-key': 'k' }

beforeAll(async () => {
  api = await startTestApi({ rateLimits: { failedSignInsPerMinutePerAddress: 100 } })
  caller = createApiCaller(api.origin, api.accounts.member.key)
})
afterAll(() => api.stop())

describe('E10: 401', () => {
  const cases: [string, Record<string, string>][] = [
    ['no header', {}],
    ['another scheme', { authorization: 'Basic abc' }],
    ['no key', { authorization: 'Bearer ' }],
    ['a text that is no key', { authorization: 'Bearer hunter2' }],
    ['an unknown key', { authorization: `Bearer ${createApiKey().reveal()}` }],
  ]
  test.each(cases)('%s', async (_case, headers) => {
    const answer = await createApiCaller(api.origin, null).get('/v1/me', headers)
    expect(problemOf(answer)).toMatchObject({ code: 'unauthenticated', status: 401 })
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })

  test('every endpoint asks for a key, before it looks at anything else', async () => {
    for (const { method, path } of Object.values(endpoints)) {
      const answer = await createApiCaller(api.origin, null).send(method, path, ...(method === 'GET' ? [] : ['{']))
      expect(problemOf(answer).code, `${method} ${path}`).toBe('unauthenticated')
    }
  })

  test('a revoked key stops working at once', async () => {
    const added = await api.directory.addKey(api.accounts.member.email, 'to be revoked')
    if (!added.ok) throw new Error('no key')
    const revoked = createApiCaller(api.origin, added.value.key)
    expect((await revoked.get('/v1/me')).status).toBe(200)
    await api.directory.revokeKey(added.value.id)
    expect(problemOf(await revoked.get('/v1/me')).code).toBe('unauthenticated')
  })
})

describe('what cannot be read', () => {
  const send = (body: string, headers: Record<string, string>) => caller.send('POST', '/v1/migrations', body, headers)

  test('malformed JSON is 400 and is neither quoted nor logged', async () => {
    const answer = await send('{"secret": "hunter2', json)
    expect(problemOf(answer)).toMatchObject({ code: 'malformed-request', status: 400 })
    expect(answer.text + api.logText()).not.toContain('hunter2')
  })

  test('another content type, charset or encoding is 415', async () => {
    for (const headers of [
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'application/json; charset=latin1' },
      { ...json, 'content-encoding': 'gzip' },
    ]) {
      expect(problemOf(await send('{}', { ...json, ...headers })).code, JSON.stringify(headers)).toBe(
        'unsupported-media-type',
      )
    }
  })

  test('more than 64 KiB is 413', async () => {
    expect(problemOf(await send(JSON.stringify({ a: 'x'.repeat(65 * 1024) }), json))).toMatchObject({
      code: 'payload-too-large',
      status: 413,
    })
  })

  test('no body at all is 422', async () => {
    const answer = await send('', json)
    expect(problemOf(answer)).toMatchObject({
      code: 'invalid-fields',
      errors: [{ pointer: '/source' }, { pointer: '/destination' }],
    })
  })
})

describe('addresses and methods', () => {
  test('404 for addresses that are none', async () => {
    for (const path of ['/v1/nothing', '/v1', '/', '/v1/me/', '/V1/ME', '/v1/migrations/']) {
      expect(problemOf(await caller.get(path)).code, path).toBe('not-found')
    }
  })

  test('405 names the methods there are', async () => {
    for (const [method, path, allow] of [
      ['DELETE', '/v1/migrations', 'POST, GET, HEAD'],
      ['POST', '/v1/me', 'GET, HEAD'],
      ['GET', '/v1/migrations/9e8b7f0e-0000-4000-8000-000000000000/source-secret', 'PUT'],
      ['OPTIONS', '/v1/destinations', 'GET, HEAD'],
    ] as const) {
      const answer = await caller.send(method, path)
      expect(problemOf(answer).code).toBe('method-not-allowed')
      expect(answer.headers.get('allow')).toBe(allow)
    }
  })
})

describe('headers', () => {
  test('security headers are there, the maker’s name is not, nothing is cached', async () => {
    const { headers } = await caller.get('/v1/me')
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('strict-transport-security')).toContain('max-age')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  test('a sane X-Request-Id is kept, another is replaced', async () => {
    expect((await caller.get('/v1/me', { 'x-request-id': 'my-request-1' })).headers.get('x-request-id')).toBe(
      'my-request-1',
    )
    expect((await caller.get('/v1/me', { 'x-request-id': 'a"b {injected}' })).headers.get('x-request-id')).toMatch(
      /^[0-9a-f-]{36}$/,
    )
  })
})

describe('E10: 429', () => {
  test('failed sign-ins are limited per address, and good keys from there go on', async () => {
    const limited = await startTestApi({ rateLimits: { failedSignInsPerMinutePerAddress: 3 } })
    const stranger = createApiCaller(limited.origin, createApiKey())
    const codes = []
    for (let i = 0; i < 5; i++) codes.push(problemOf(await stranger.get('/v1/me')).code)
    const last = await stranger.get('/v1/me')
    const good = await createApiCaller(limited.origin, limited.accounts.member.key).get('/v1/me')
    await limited.stop()
    expect(codes).toEqual(['unauthenticated', 'unauthenticated', 'unauthenticated', 'rate-limited', 'rate-limited'])
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(good.status).toBe(200)
  })

  test('requests are limited per key; another key of the same address goes on', async () => {
    const limited = await startTestApi({ rateLimits: { requestsPerMinutePerKey: 2 } })
    const [member, owner] = [limited.accounts.member, limited.accounts.owner].map(({ key }) =>
      createApiCaller(limited.origin, key),
    )
    const codes = [
      (await member!.get('/v1/me')).status,
      (await member!.get('/v1/me')).status,
      problemOf(await member!.get('/v1/me')).code,
    ]
    const other = await owner!.get('/v1/me')
    await limited.stop()
    expect(codes).toEqual([200, 200, 'rate-limited'])
    expect(other.status).toBe(200)
  })
})

describe('S9: the log', () => {
  test('has a line per request with route and account, and neither keys nor what was typed', async () => {
    const key = Secret.of(api.accounts.member.key.reveal())
    await caller.dispatch(dispatchBody(api.accounts.member.personalBucketId, { accessKeyId: 'LOGPROBEACCESSKEY' }))
    await caller.get(`/v1/migrations/${key.reveal()}?x=${key.reveal()}`)
    const log = api.logText()
    expect(log).toContain('"route":"/v1/migrations"')
    expect(log).toContain(api.accounts.member.id)
    expect(log).not.toContain(key.reveal())
    expect(log).not.toContain('LOGPROBEACCESSKEY')
    expect(log).not.toContain('Bearer')
  })
})
