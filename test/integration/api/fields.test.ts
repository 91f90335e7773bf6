import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApi, type TestApi } from '../../support/api-server.ts'
import { createApiCaller, dispatchBody, problemOf } from './api-caller.ts'

let api: TestApi
let caller: ReturnType<typeof createApiCaller>
let bucketId: string

beforeAll(async () => {
  api = await startTestApi({ rateLimits: { requestsPerMinutePerKey: 100_000 } })
  caller = createApiCaller(api.origin, api.accounts.member.key)
  bucketId = api.accounts.member.personalBucketId
})
afterAll(() => api.stop())

const errorsOf = async (body: unknown) => {
  const problem = problemOf(await caller.dispatch(body))
  expect(problem.code).toBe('invalid-fields')
  return (problem.errors ?? []).map(({ pointer, field, code }) => [pointer, field, code])
}
const withSource = (change: object) => ({
  ...dispatchBody(bucketId),
  source: { ...dispatchBody(bucketId).source, ...change },
})
const withDestination = (change: object) => ({
  ...dispatchBody(bucketId),
  destination: { id: bucketId, prefix: '', ...change },
})

describe('E10: 422 field by field', () => {
  test.each([
    ['endpoint', ''],
    ['accessKeyId', ''],
    ['bucket', ''],
  ] as const)('an empty %s', async (field, value) => {
    expect(await errorsOf(withSource({ [field]: value }))).toEqual([[`/source/${field}`, field, 'empty']])
  })

  test.each(['endpoint', 'region', 'accessKeyId', 'bucket'] as const)(
    'a %s that is missing or no text',
    async (field) => {
      expect(await errorsOf(withSource({ [field]: undefined }))).toEqual([[`/source/${field}`, field, 'empty']])
      expect(await errorsOf(withSource({ [field]: 7 }))).toEqual([[`/source/${field}`, field, 'malformed']])
      expect(await errorsOf(withSource({ [field]: null }))).toEqual([[`/source/${field}`, field, 'malformed']])
    },
  )

  test.each(['endpoint', 'region', 'accessKeyId', 'bucket'] as const)(
    'a %s too long, with control or zero-width characters',
    async (field) => {
      expect(await errorsOf(withSource({ [field]: 'x'.repeat(300) }))).toEqual([
        [`/source/${field}`, field, 'too-long'],
      ])
      expect(await errorsOf(withSource({ [field]: 'x'.repeat(5000) }))).toEqual([
        [`/source/${field}`, field, 'too-long'],
      ])
      expect(await errorsOf(withSource({ [field]: 'a\u0000b' }))).toEqual([
        [`/source/${field}`, field, 'control-characters'],
      ])
      expect(await errorsOf(withSource({ [field]: 'a\u200bb' }))).toEqual([
        [`/source/${field}`, field, 'invisible-characters'],
      ])
    },
  )

  test.each([
    ['s3.us-east-1.wasabisys.com', 'endpoint-without-scheme'],
    ['ftp://example.com', 'endpoint-not-http'],
    ['https://', 'endpoint-malformed'],
    ['https://example.com/photos', 'endpoint-with-path'],
    ['https://example.com/?x=1', 'endpoint-with-query'],
    ['https://user:pass@example.com', 'endpoint-with-credentials'],
    ['https://photos.s3.eu-west-1.amazonaws.com', 'endpoint-with-bucket'],
  ])('endpoint %s', async (endpoint, code) => {
    const region = endpoint.includes('eu-west-1') ? 'eu-west-1' : 'us-east-1'
    expect(await errorsOf(withSource({ endpoint, region }))).toEqual([['/source/endpoint', 'endpoint', code]])
  })

  test.each([
    ['s3://photos/summer', 'bucket-is-url'],
    ['https://example.com/photos', 'bucket-is-url'],
    ['photos/summer', 'bucket-has-path'],
    ['p', 'bucket-name-malformed'],
  ])('bucket %s', async (bucket, code) => {
    expect(await errorsOf(withSource({ bucket }))).toEqual([['/source/bucket', 'bucket', code]])
  })

  test.each([
    ['eu-west-2', 'region-differs-from-endpoint'],
    ['eu-wset-1', 'region-unknown'],
    ['EU WEST', 'region-malformed'],
  ])('region %s at the endpoint of eu-west-1', async (region, code) => {
    expect(await errorsOf(withSource({ endpoint: 'https://s3.eu-west-1.amazonaws.com', region }))).toEqual([
      ['/source/region', 'region', code],
    ])
  })

  test.each([
    [{ kind: 'folder', prefix: 'summer' }, '/source/target/prefix', 'malformed'],
    [{ kind: 'folder', prefix: '' }, '/source/target/prefix', 'malformed'],
    [{ kind: 'object', key: 'summer/' }, '/source/target/key', 'malformed'],
    [{ kind: 'object', key: 'a\ud800b' }, '/source/target/key', 'control-characters'],
    [{ kind: 'object', key: 'ä'.repeat(600) }, '/source/target/key', 'too-long'],
    [{ kind: 'planet' }, '/source/target/kind', 'malformed'],
  ])('target %j', async (target, pointer, code) => {
    expect((await errorsOf(withSource({ target })))[0]).toEqual([pointer, 'prefix', code])
  })

  test.each([
    ['/summer', 'prefix-leading-slash'],
    ['a//b', 'prefix-double-slash'],
    ['a/../b', 'prefix-dot-segment'],
    ['s3://b/a', 'prefix-is-url'],
    ['a\u0007', 'control-characters'],
    ['a\ud800', 'control-characters'],
    ['x'.repeat(1024), 'too-long'],
  ])('destination prefix %s', async (prefix, code) => {
    expect(await errorsOf(withDestination({ prefix }))).toEqual([['/destination/prefix', 'destinationPrefix', code]])
  })

  test('all bad fields are told at once', async () => {
    const body = {
      source: { endpoint: 'x', region: '!', accessKeyId: '', bucket: 's3://b', target: { kind: 'bucket' } },
      destination: { id: 'x', prefix: '/' },
    }
    expect((await errorsOf(body)).map(([pointer]) => pointer)).toEqual([
      '/source/endpoint',
      '/source/region',
      '/source/accessKeyId',
      '/source/bucket',
      '/destination/id',
      '/destination/prefix',
    ])
  })

  test('S9: a secret in the wrong place is refused by name, and neither answered nor logged', async () => {
    const answer = await caller.dispatch(withSource({ secretAccessKey: 'hunter2-hunter2' }))
    expect(problemOf(answer).errors).toMatchObject([
      { pointer: '/source', code: 'malformed', detail: 'Unrecognized key: "secretAccessKey"' },
    ])
    expect(answer.text + api.logText()).not.toContain('hunter2')
  })

  test.each(['[]', '7', 'null', '"text"', '{"__proto__":{"a":1}}', '['.repeat(20_000) + ']'.repeat(20_000)])(
    'a body of %.40s is no dispatch',
    async (body) => {
      const answer = await caller.send('POST', '/v1/migrations', body, {
        'content-type': 'application/json',
        'idempotency-key': 'k',
      })
      expect(problemOf(answer).code).toBe('invalid-fields')
    },
  )

  test('query parameters are told the same way', async () => {
    const pointersOf = async (query: string) =>
      problemOf(await caller.get(`/v1/migrations?${query}`)).errors?.map(({ pointer }) => pointer)
    expect(await pointersOf('limit=0')).toEqual(['/limit'])
    expect(await pointersOf('limit=101&cursor=a&cursor=b')).toEqual(['/limit', '/cursor'])
    expect(await pointersOf('cursor=nonsense')).toEqual(['/cursor'])
  })
})

describe('whatever comes, it is never our fault', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('http://127.0.0.1:9', 'photos', 'us-east-1', 'a/', '\ud800', '\u0000'),
  )
  const anyValue = fc.oneof({ weight: 5, arbitrary: anyText }, { weight: 1, arbitrary: fc.jsonValue() })
  const nearlyDispatch = fc.record(
    {
      source: fc.oneof(
        fc.record(
          {
            endpoint: anyValue,
            region: anyValue,
            accessKeyId: anyValue,
            bucket: anyValue,
            target: fc.oneof(
              fc.record({ kind: fc.constant('folder'), prefix: anyText.map((text) => `${text}/`) }),
              fc.record({ kind: fc.constant('object'), key: anyText }),
              fc.jsonValue(),
            ),
          },
          { requiredKeys: [] },
        ),
        fc.jsonValue(),
      ),
      destination: fc.oneof(fc.record({ id: fc.oneof(fc.uuid(), anyValue), prefix: anyValue }), fc.jsonValue()),
    },
    { requiredKeys: [] },
  )

  test('E10: arbitrary JSON bodies never give a 5xx, on any endpoint that reads one', async () => {
    const handOver = `/v1/migrations/${bucketId}/source-secret`
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), nearlyDispatch), async (body) => {
        expect((await caller.dispatch(body)).status).toBeLessThan(500)
        expect((await caller.put(handOver, body)).status).toBeLessThan(500)
      }),
      { numRuns: 150 },
    )
  })

  test('a key that passes the rules is stored and told back as it is, whatever its characters', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), async (text) => {
        const answer = await caller.dispatch(withSource({ target: { kind: 'object', key: `k${text}k` } }))
        expect([201, 422]).toContain(answer.status)
        if (answer.status === 201) expect(answer.body).toMatchObject({ source: { target: { key: `k${text}k` } } })
        await api.database.query('DELETE FROM migrations')
      }),
      { numRuns: 100 },
    )
  })

  test('bodies that are no JSON never give a 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (body) => {
        const answer = await caller.send('POST', '/v1/migrations', body, {
          'content-type': 'application/json',
          'idempotency-key': 'k',
        })
        expect([400, 422]).toContain(answer.status)
      }),
      { numRuns: 100 },
    )
  })
})
