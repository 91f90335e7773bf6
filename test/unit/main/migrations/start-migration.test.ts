import { describe, expect, it } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import type { SourceCheck } from '#shared/ipc/source-check.ts'
import { createStartMigration } from '../../../../src/main/migrations/start-migration.ts'
import { createFakeApiClient, type FakeApiClient } from '../fakes/fake-api-client.ts'
import { KEY_ID, migration, OTHER_ID } from '../fakes/views.ts'

const ready: SourceCheck = { kind: 'ready', findings: [], target: { kind: 'folder', prefix: 'a/' }, firstKey: 'a/b' }
const input = {
  draft: { endpoint: 'https://s3.us-east-1.amazonaws.com', region: '', accessKeyId: ' AKIA1 ', bucket: 'photos', prefix: 'a' },
  secretAccessKey: Secret.of('s3cr3t'),
  destinationId: OTHER_ID,
  destinationPrefix: 'a/',
  dispatchKey: KEY_ID,
}

function setUp(check: SourceCheck = ready, duringCheck: (api: FakeApiClient) => void = () => undefined) {
  const api = createFakeApiClient()
  const dispatched: [id: string, secret: string][] = []
  const start = createStartMigration({
    beginCalls: api.beginCalls,
    sourceChecks: {
      checkConnection: () => {
        duringCheck(api)
        return Promise.resolve(check)
      },
    },
    dispatched: ({ id }, secret) => dispatched.push([id, secret.reveal()]),
  })
  return { api, start, dispatched }
}

describe('starting a migration', () => {
  it('S5: dispatches what was checked, without the secret', async () => {
    const { api, start, dispatched } = setUp()
    api.answer('createMigration', { ok: true, value: migration() })
    expect(await start(input)).toEqual({ kind: 'started' })
    expect(api.calls.map((call) => call.input)).toEqual([
      {
        idempotencyKey: KEY_ID,
        body: {
          source: {
            endpoint: 'https://s3.us-east-1.amazonaws.com',
            region: 'us-east-1',
            accessKeyId: 'AKIA1',
            bucket: 'photos',
            target: { kind: 'folder', prefix: 'a/' },
          },
          destination: { id: OTHER_ID, prefix: 'a/' },
        },
      },
    ])
    expect(dispatched).toEqual([[migration().id, 's3cr3t']])
  })

  it('S2: the chosen object is what is checked and dispatched', async () => {
    const checked: boolean[] = []
    const api = createFakeApiClient()
    api.answer('createMigration', { ok: true, value: migration() })
    const start = createStartMigration({
      beginCalls: api.beginCalls,
      sourceChecks: {
        checkConnection: ({ isPrefixObject }) => {
          checked.push(isPrefixObject)
          return Promise.resolve({ ...ready, target: { kind: 'object', key: 'a' } })
        },
      },
      dispatched: () => undefined,
    })
    await start({ ...input, draft: { ...input.draft, prefixMeans: 'object' } })
    expect(checked).toEqual([true])
    expect(api.calls[0]?.input).toMatchObject({ body: { source: { target: { kind: 'object', key: 'a' } } } })
  })

  it.each([
    { kind: 'blocked', findings: [] },
    { kind: 'stopped' },
  ] as SourceCheck[])('S5: a preflight that is $kind involves no worker', async (check) => {
    const { api, start } = setUp(check)
    expect(await start(input)).toEqual({ kind: 'source', check })
    expect(api.calls).toEqual([])
  })

  it('tells fields before any request', async () => {
    const { api, start } = setUp()
    expect(await start({ ...input, draft: { ...input.draft, bucket: '' } })).toMatchObject({
      kind: 'source',
      check: { kind: 'fields', fieldProblems: [{ field: 'bucket', code: 'empty' }] },
    })
    expect(await start({ ...input, destinationId: '', destinationPrefix: 'a//b' })).toMatchObject({
      kind: 'refused',
      problem: {
        code: 'invalid-fields',
        fields: [
          { field: 'destinationBucketId', code: 'not-chosen' },
          { field: 'destinationPrefix', code: 'prefix-double-slash' },
        ],
      },
    })
    expect(api.calls).toEqual([])
  })

  it.each(['migration-live', 'destination-forbidden', 'api-unreachable'] as const)('S7, S8, E10: passes on %s and holds no secret', async (code) => {
    const { api, start, dispatched } = setUp()
    api.answer('createMigration', { ok: false, error: { code } })
    expect(await start(input)).toEqual({ kind: 'refused', problem: { code } })
    expect(dispatched).toEqual([])
  })

  it.each([
    ['out', null],
    ['in as somebody else', Secret.of('cck_b')],
  ])('S9: dispatches nothing when the person signed %s during the preflight', async (_how, next) => {
    const { api, start, dispatched } = setUp(ready, (fake) => (fake.apiKey = next))
    api.answer('createMigration', { ok: true, value: migration() })
    expect(await start(input)).toEqual({ kind: 'refused', problem: { code: 'signed-out' } })
    expect(api.calls).toEqual([])
    expect(dispatched).toEqual([])
  })

  it('tells the next person nothing of what the preflight found for the one before', async () => {
    const { start } = setUp({ kind: 'blocked', findings: [] }, (fake) => (fake.apiKey = Secret.of('cck_b')))
    expect(await start(input)).toEqual({ kind: 'refused', problem: { code: 'signed-out' } })
  })

  it.each([
    ['out', null],
    ['in as somebody else', Secret.of('cck_b')],
  ])('S9: drops the secret and shows nothing when the person signed %s while the API dispatched', async (_how, next) => {
    const { api, start, dispatched } = setUp()
    api.answer('createMigration', () => {
      api.apiKey = next
      return Promise.resolve({ ok: true, value: migration() })
    })
    expect(await start(input)).toEqual({ kind: 'refused', problem: { code: 'signed-out' } })
    expect(api.calls.map(({ apiKey }) => apiKey)).toEqual(['cck_a'])
    expect(dispatched).toEqual([])
  })

  it('dispatches once for two clicks', async () => {
    const { api, start } = setUp()
    api.answer('createMigration', { ok: true, value: migration() })
    expect(await Promise.all([start(input), start(input)])).toEqual([{ kind: 'started' }, { kind: 'started' }])
    expect(api.calls).toHaveLength(1)
  })
})
