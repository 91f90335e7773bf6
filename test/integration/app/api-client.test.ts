import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { createApiClient } from '../../../src/main/api/api-client.ts'
import { account, type FakeApi, migrationView, sendJson, sendProblem, startFakeApi } from './fakes/fake-api.ts'
import { startHttpFault, startUntrustedTls } from './fakes/fault-servers.ts'
import { untrustedCertificate } from './fakes/untrusted-certificate.ts'

const apiKey = Secret.of('cck_1')
const options = { userAgent: 'carolina-migrate/test' }
let api: FakeApi
beforeEach(async () => {
  api = await startFakeApi()
})
afterEach(() => api.stop())
const client = (origin = api.origin) => createApiClient({ ...options, origin })

describe('API client', () => {
  it('asks in the account’s name and parses the answer', async () => {
    api.on('GET /v1/me', (_request, response) => sendJson(response, 200, { ...account, more: 1 }))
    expect(await client().call('getMe', apiKey, {})).toEqual({ ok: true, value: account })
    expect(api.seen[0]?.headers).toMatchObject({ authorization: 'Bearer cck_1', 'user-agent': 'carolina-migrate/test' })
  })

  it('puts parameters into path and query, and the body into JSON', async () => {
    const migration = migrationView()
    api.on(`GET /v1/migrations/${migration.id}/log`, (_request, response) => sendJson(response, 200, { lines: [] }))
    expect(await client().call('getLog', apiKey, { params: { migrationId: migration.id }, query: { after: 5 } })).toEqual({
      ok: true,
      value: { lines: [] },
    })
    const body = { keyId: migration.id, encapsulatedKey: 'A'.repeat(43), ciphertext: 'B'.repeat(43) }
    const path = `/v1/migrations/${migration.id}/source-secret`
    api.on(`PUT ${path}`, (_request, response) => sendJson(response, 202, {}))
    await client().call('handOverSecret', apiKey, { params: { migrationId: migration.id }, body })
    const sent = await api.sawRequest(`PUT ${path}`)
    expect(JSON.parse(sent.body)).toEqual(body)
    expect(sent.headers['content-type']).toBe('application/json')
  })

  it('E8, S7: a problem keeps its code and the live migration', async () => {
    const { id } = migrationView()
    api.on('POST /v1/migrations', (_request, response) => sendProblem(response, 'migration-live', { migrationId: id, instance: 'req-1' }))
    const source = { endpoint: 'https://s3.us-east-1.amazonaws.com', region: 'us-east-1', accessKeyId: 'AK', bucket: 'photos', target: { kind: 'bucket' } } as const
    const answer = await client().call('createMigration', apiKey, {
      body: { source, destination: { id, prefix: '' } },
      idempotencyKey: id,
    })
    expect(answer).toEqual({ ok: false, error: { code: 'migration-live', migrationId: id, reference: 'req-1' } })
    expect(api.seen[0]?.headers['idempotency-key']).toBe(id)
  })

  it('S18: reuses no line, as one that was kept may have died in a sleep', async () => {
    const lines = new Set<unknown>()
    api.on('GET /v1/me', (_request, response) => {
      lines.add(response.socket?.remotePort)
      sendJson(response, 200, account)
    })
    for (const calls of [1, 2, 3]) {
      await client().call('getMe', apiKey, {})
      expect(lines.size).toBe(calls)
    }
  })

  it('S18: gives up a call that was told to end, and does not repeat it by itself', async () => {
    const given = new AbortController()
    api.on('GET /v1/me', () => given.abort())
    expect(await client().call('getMe', apiKey, {}, given.signal)).toMatchObject({ ok: false, error: { code: 'api-unreachable' } })
    expect(api.seen).toHaveLength(1)
  })

  it('B8: tries a reading call again when the API restarts, and a handover never by itself', async () => {
    let tries = 0
    api.on('GET /v1/me', (_request, response) => (++tries < 2 ? void response.writeHead(503).end() : sendJson(response, 200, account)))
    expect((await client().call('getMe', apiKey, {})).ok).toBe(true)
    const { id } = migrationView()
    const path = `/v1/migrations/${id}/source-secret`
    api.on(`PUT ${path}`, (_request, response) => sendProblem(response, 'unavailable'))
    const body = { keyId: id, encapsulatedKey: 'A'.repeat(43), ciphertext: 'B'.repeat(43) }
    const answer = await client().call('handOverSecret', apiKey, { params: { migrationId: id }, body })
    expect(answer).toEqual({ ok: false, error: { code: 'unavailable' } })
    expect(api.seen.filter(({ path: seenPath }) => seenPath === path)).toHaveLength(1)
  })

  it.each([
    ['a captive portal’s page', 200, '<html>Sign in to the hotel</html>'],
    ['another shape', 200, '{"id":1}'],
    ['a redirect', 302, ''],
  ])('E10: %s is not understood', async (_what, status, body) => {
    api.on('GET /v1/me', (_request, response) => void response.writeHead(status, { location: 'https://x.invalid/' }).end(body))
    expect(await client().call('getMe', apiKey, {})).toMatchObject({ ok: false, error: { code: 'api-not-understood' } })
  })

  it('reads no more than its limit of an answer', async () => {
    api.on('GET /v1/me', (_request, response) => {
      const page = Buffer.alloc(1024 * 1024, 'x')
      const feed = (): boolean => response.write(page) && feed()
      response.on('drain', feed)
      feed()
    })
    expect(await client().call('getMe', apiKey, {})).toEqual({ ok: false, error: { code: 'api-not-understood' } })
  })

  it('E10: nobody there, or nobody to be trusted', async () => {
    const gone = await startHttpFault(() => undefined)
    await gone.stop()
    expect(await client(`http://${gone.authority}`).call('cancelMigration', apiKey, { params: { migrationId: account.id } })).toEqual({
      ok: false,
      error: { code: 'api-unreachable', reference: 'ECONNREFUSED' },
    })
    const untrusted = await startUntrustedTls(untrustedCertificate)
    const answer = await client(`https://${untrusted.authority}`).call('cancelMigration', apiKey, { params: { migrationId: account.id } })
    await untrusted.stop()
    expect(answer).toEqual({ ok: false, error: { code: 'api-tls-untrusted', reference: 'DEPTH_ZERO_SELF_SIGNED_CERT' } })
  })
})
