import { createHash, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { LISTED_EXCEPTIONS, type ReportFormat } from '#shared/contract/endpoints.ts'
import type { ReportFacts } from '#shared/contract/schemas.ts'
import type { ReportRow } from '../../../server/report/report-row.ts'
import { startTestApi, type TestApi } from '../../support/api-server.ts'
import { parseCsv } from '../../unit/server/report/csv-parser.ts'
import { anyRow, rowOf } from '../../unit/server/report/rows.ts'
import { createApiCaller, migrationOf, problemOf } from './api-caller.ts'
import { changeState, dispatchOne } from './migration-fixture.ts'
import { endWithReport, manyRows } from './report-fixture.ts'

let api: TestApi
beforeAll(async () => {
  api = await startTestApi({ rateLimits: { requestsPerMinutePerKey: 100_000 } })
})
afterAll(() => api.stop())
afterEach(() => api.database.query('DELETE FROM migrations'))

const as = (name: keyof TestApi['accounts']) => createApiCaller(api.origin, api.accounts[name].key)
const endWith = (rows: Iterable<ReportRow>) => endWithReport(api, api.accounts.member, rows)
const factsOf = async (id: string): Promise<ReportFacts | null> =>
  migrationOf(await as('member').get(`/v1/migrations/${id}`)).report

async function download(id: string, format: ReportFormat, method = 'GET') {
  const response = await fetch(`${api.origin}/v1/migrations/${id}/report?format=${format}`, {
    method,
    headers: { authorization: `Bearer ${api.accounts.member.key.reveal()}` },
  })
  return { response, file: Buffer.from(await response.arrayBuffer()) }
}

describe('B3: GET /v1/migrations/:id/report', () => {
  test.each([
    ['csv', 'text/csv; charset=utf-8'],
    ['json', 'application/json'],
  ] as const)('is the whole report as %s, of the length and digest that were told', async (format, contentType) => {
    const rows = [...manyRows(12_000)]
    const id = await endWith(rows)
    const { rowCount: chunks } = await api.database.query('SELECT FROM migration_report_chunks')
    expect(chunks).toBeGreaterThan(2)

    const { response, file } = await download(id, format)
    const digest = createHash('sha256').update(file).digest()
    const facts = await factsOf(id)
    expect(facts).toMatchObject({ rows: rows.length, [format]: { bytes: file.length, sha256: digest.toString('hex') } })
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': contentType,
      'content-length': String(file.length),
      'content-disposition': expect.stringMatching(
        new RegExp(`^attachment; filename="migration-report-photos-\\d{4}-\\d\\d-\\d\\d\\.${format}"$`),
      ) as string,
      'repr-digest': `sha-256=:${digest.toString('base64')}:`,
      'cache-control': 'no-store, no-transform',
    })
    const keys =
      format === 'csv'
        ? parseCsv(file.toString())
            .slice(1)
            .map(([key]) => key)
        : (JSON.parse(file.toString()) as { rows: { sourceKey: string }[] }).rows.map(({ sourceKey }) => sourceKey)
    expect(keys).toEqual(rows.map(({ key }) => key))
  })

  test('what is sent has the digest that was told, whatever the keys hold (property)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 5 }), async (rows) => {
        const id = await endWith(rows)
        const facts = await factsOf(id)
        for (const format of ['csv', 'json'] as const) {
          const { file } = await download(id, format)
          expect(createHash('sha256').update(file).digest('hex')).toBe(facts?.[format].sha256)
        }
      }),
      { numRuns: 15 },
    )
  })

  test('is CSV when nothing else is asked for; another format is refused', async () => {
    const id = await endWith([rowOf()])
    const { response } = await download(id, 'csv')
    const plain = await fetch(`${api.origin}/v1/migrations/${id}/report`, {
      headers: { authorization: `Bearer ${api.accounts.member.key.reveal()}` },
    })
    expect(plain.headers.get('repr-digest')).toBe(response.headers.get('repr-digest'))
    expect(problemOf(await as('member').get(`/v1/migrations/${id}/report?format=xlsx`))).toMatchObject({
      code: 'invalid-fields',
      errors: [{ pointer: '/format' }],
    })
  })

  test('HEAD tells the same without the file', async () => {
    const id = await endWith(manyRows(10))
    const [head, full] = [await download(id, 'json', 'HEAD'), await download(id, 'json')]
    expect(head.file).toHaveLength(0)
    for (const name of ['content-type', 'content-length', 'content-disposition', 'repr-digest']) {
      expect(head.response.headers.get(name), name).toBe(full.response.headers.get(name))
    }
  })

  test('a source without objects has a report without rows', async () => {
    const id = await endWith([])
    expect((await download(id, 'csv')).file.toString()).toMatch(/^\ufeffsource_key,.*\r\n$/)
    expect(JSON.parse((await download(id, 'json')).file.toString())).toMatchObject({ rows: [] })
  })

  test('409 before a verification, after a failure without one, and when the report was removed', async () => {
    const id = await dispatchOne(api, api.accounts.member)
    expect(problemOf(await as('member').get(`/v1/migrations/${id}/report`)).code).toBe('report-not-there')
    await changeState(api, id, 'failed')
    expect(problemOf(await as('member').get(`/v1/migrations/${id}/report`)).code).toBe('report-not-there')

    const old = await endWith([rowOf()])
    await api.database.query('UPDATE migrations SET report = NULL')
    await api.database.query('DELETE FROM migration_report_chunks')
    expect(problemOf(await as('member').get(`/v1/migrations/${old}/report`)).code).toBe('report-not-there')
    expect(migrationOf(await as('member').get(`/v1/migrations/${old}`))).toMatchObject({
      report: null,
      verification: { copied: { objects: 2 } },
    })
  })

  test('is the account’s own', async () => {
    const id = await endWith([rowOf()])
    for (const tail of ['report', 'exceptions']) {
      for (const path of [id, randomUUID(), 'nonsense']) {
        expect(problemOf(await as('owner').get(`/v1/migrations/${path}/${tail}`)).code).toBe('not-found')
      }
    }
  })

  test('B8: a file that cannot be made in full is cut off, never passed off as whole, and the API goes on', async () => {
    const id = await endWith(manyRows(20_000))
    await api.database.query('DELETE FROM migration_report_chunks WHERE number = 2')
    await expect(download(id, 'csv')).rejects.toThrow()
    expect(api.logText()).toContain('the file is not as long as it was said to be')
    expect((await as('member').get('/v1/me')).status).toBe(200)
  })
})

describe('B3: a client that does not take its report', () => {
  test('gets three at a time; more are refused until one is done or given up', async () => {
    const id = await endWith(manyRows(80_000))
    const held = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const gone = new AbortController()
        await fetch(`${api.origin}/v1/migrations/${id}/report?format=json`, {
          headers: { authorization: `Bearer ${api.accounts.member.key.reveal()}` },
          signal: gone.signal,
        })
        return gone
      }),
    )
    expect(problemOf(await as('member').get(`/v1/migrations/${id}/report`)).code).toBe('rate-limited')
    // A client that is gone gives its place back, and is no error of ours.
    held[0]?.abort()
    await vi.waitFor(async () => expect((await download(id, 'csv')).response.status).toBe(200), { timeout: 10_000 })
    for (const gone of held) gone.abort()
    expect(api.logText()).not.toMatch(/"err":\{[^}]*PREMATURE/)
  })
})

describe('B3: GET /v1/migrations/:id/exceptions', () => {
  test('the first of them, in the report’s order, and how many there are in all', async () => {
    const rows = Array.from({ length: 250 }, (_row, index) =>
      rowOf({ key: `\u0000${String(index)}`, outcome: 'missing', comparison: null, reason: 'unknown' }),
    )
    const id = await endWith(rows)
    const { body } = await as('member').get(`/v1/migrations/${id}/exceptions`)
    const { exceptions, total } = body as { exceptions: { key: string }[]; total: number }
    expect(total).toBe(250)
    expect(exceptions.map(({ key }) => key)).toEqual(rows.slice(0, LISTED_EXCEPTIONS).map(({ key }) => key))
    expect(migrationOf(await as('member').get(`/v1/migrations/${id}`)).state).toBe('completed-with-exceptions')
  })

  test('none before a verification', async () => {
    const id = await dispatchOne(api, api.accounts.member)
    expect((await as('member').get(`/v1/migrations/${id}/exceptions`)).body).toEqual({ exceptions: [], total: 0 })
  })
})
