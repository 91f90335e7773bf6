import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { endpoints } from '#shared/contract/endpoints.ts'
import { problems } from '#shared/contract/problems.ts'
import { startTestApi, type TestApi } from '../../support/api-server.ts'
import { runAsServerAdmin } from '../../support/postgres.ts'
import { createApiCaller, problemOf } from './api-caller.ts'
import { dispatchOne } from './migration-fixture.ts'
import { readEvents } from './event-reader.ts'

let api: TestApi

beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.stop())

const anyone = () => createApiCaller(api.origin, null)

describe('B14: health', () => {
  test('/healthz and /readyz answer without a key', async () => {
    expect((await anyone().get('/healthz')).body).toEqual({ status: 'ok' })
    expect((await anyone().get('/readyz')).body).toEqual({ status: 'ready' })
  })

  test('/readyz refuses when the schema is another release’s', async () => {
    await api.database.query(
      `INSERT INTO schema_migrations (version, name, checksum) VALUES (999, '999_future.sql', 'x')`,
    )
    const refused = await vi.waitFor(async () => problemOf(await anyone().get('/readyz')), { timeout: 5_000 })
    expect(refused).toMatchObject({ code: 'unavailable', status: 503 })
    await api.database.query('DELETE FROM schema_migrations WHERE version = 999')
    await vi.waitFor(async () => expect((await anyone().get('/readyz')).status).toBe(200), { timeout: 5_000 })
  })
})

describe('B8: the database goes away and comes back', () => {
  test('503 meanwhile, streams stay open, and all is well again without a restart', async () => {
    const id = await dispatchOne(api, api.accounts.member)
    const caller = createApiCaller(api.origin, api.accounts.member.key)
    const stream = await readEvents(api.origin, `/v1/migrations/${id}/events`, api.accounts.member.key)
    await stream.next()

    const { pathname } = new URL(api.testDatabase.url.reveal())
    const name = pathname.slice(1)
    await renameDatabase(name, `${name}_away`)
    const refused = await caller.get('/v1/me')
    expect(problemOf(refused)).toMatchObject({ code: 'unavailable', status: 503 })
    expect(refused.headers.get('retry-after')).toBe('5')
    // Why is for the log, not for the answer.
    expect(api.logText()).toMatch(/"code":"3D000".*"msg":"request failed"/)
    expect(refused.text).not.toContain(name)
    await vi.waitFor(async () => expect(problemOf(await anyone().get('/readyz')).code).toBe('unavailable'), {
      timeout: 5_000,
    })
    expect((await anyone().get('/healthz')).status).toBe(200)

    await renameDatabase(`${name}_away`, name)
    await vi.waitFor(async () => expect((await caller.get('/v1/me')).status).toBe(200), { timeout: 10_000 })
    await caller.cancel(id)
    expect(await stream.next()).toMatchObject({ migration: { state: 'cancelled' } })
  })
})

/** Ends all connections of the database and renames it, as seen from the server's own database. */
async function renameDatabase(from: string, to: string): Promise<void> {
  const url = new URL(api.testDatabase.url.reveal())
  url.pathname = '/postgres'
  await vi.waitFor(
    async () => {
      await runAsServerAdmin(
        url.href,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${from}'`,
      )
      await runAsServerAdmin(url.href, `ALTER DATABASE ${from} RENAME TO ${to}`)
    },
    { timeout: 10_000 },
  )
}

describe('B14: /openapi.json', () => {
  type Operation = {
    operationId: string
    parameters: { name: string; in: string }[]
    responses: Record<string, { content: object; description: string; headers?: object }>
    requestBody?: object
  }
  interface Document {
    openapi: string
    paths: Record<string, Record<string, Operation>>
    components: { schemas: Record<string, object>; securitySchemes: object; headers: object }
    security: object[]
  }
  const read = async () => (await anyone().get('/openapi.json')).body as Document

  test('has every endpoint, with its parameters, body and all its problems', async () => {
    const document = await read()
    expect(document.openapi).toBe('3.1.0')
    expect(document.security).toEqual([{ apiKey: [] }])
    for (const [name, endpoint] of Object.entries(endpoints)) {
      const operation =
        document.paths[endpoint.path.replace(':migrationId', '{migrationId}')]?.[endpoint.method.toLowerCase()]
      expect(operation?.operationId).toBe(name)
      expect(operation?.requestBody !== undefined).toBe('body' in endpoint)
      expect(operation?.parameters.some((one) => one.name === 'Idempotency-Key')).toBe(
        'isIdempotencyKeyRequired' in endpoint,
      )
      const statuses = [...endpoint.problems, 'unauthenticated' as const, 'rate-limited' as const].map((code) =>
        String(problems[code].status),
      )
      expect(Object.keys(operation?.responses ?? {})).toEqual(
        expect.arrayContaining([String(endpoint.status), ...statuses]),
      )
    }
  })

  test('B3: the report is described as the files it is', async () => {
    const report = (await read()).paths['/v1/migrations/{migrationId}/report']?.['get']
    const success = report?.responses['200']
    expect(Object.keys(success?.content ?? {})).toEqual(['text/csv', 'application/json'])
    expect(Object.keys(success?.headers ?? {})).toEqual(
      expect.arrayContaining(['Content-Disposition', 'Content-Length', 'Repr-Digest']),
    )
    expect(report?.parameters.find(({ name }) => name === 'format')).toMatchObject({
      schema: { enum: ['csv', 'json'], default: 'csv' },
    })
  })

  test('every reference leads somewhere', async () => {
    const document = await read()
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, reference = '']) => reference,
    )
    expect(references.length).toBeGreaterThan(20)
    for (const reference of references) {
      const found = reference
        .replace('#/', '')
        .split('/')
        .reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], document)
      expect(found, reference).toBeDefined()
    }
  })

  test('the only request that carries a secret carries it sealed', async () => {
    const { components } = await read()
    expect(components.schemas['SealedSecret']).toMatchObject({
      required: ['keyId', 'encapsulatedKey', 'ciphertext'],
      additionalProperties: false,
    })
    expect(JSON.stringify(components.schemas['CreateMigration'])).not.toMatch(/secret/i)
  })
})
