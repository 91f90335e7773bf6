import { describe, expect, it } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import type { SourceCheck } from '#shared/ipc/source-check.ts'
import { createStartMigration } from '../../../../src/main/migrations/start-migration.ts'
import { createFakeApiClient } from '../fakes/fake-api-client.ts'
import { KEY_ID, migration, OTHER_ID } from '../fakes/views.ts'

const ready: SourceCheck = { kind: 'ready', findings: [], target: { kind: 'folder', prefix: 'a/' }, firstKey: 'a/b' }
const input = {
  draft: { endpoint: 'https://s3.us-east-1.amazonaws.com', region: '', accessKeyId: ' AKIA1 ', bucket: 'photos', prefix: 'a' },
  secretAccessKey: Secret.of('s3cr3t'),
  destinationId: OTHER_ID,
  destinationPrefix: 'a/',
  dispatchKey: KEY_ID,
}

function setUp(check: SourceCheck = ready) {
  const api = createFakeApiClient()
  const dispatched: [id: string, secret: string][] = []
  const start = createStartMigration({
    api: api.authorised,
    sourceChecks: { checkConnection: () => Promise.resolve(check) },
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

  it('dispatches once for two clicks', async () => {
    const { api, start } = setUp()
    api.answer('createMigration', { ok: true, value: migration() })
    expect(await Promise.all([start(input), start(input)])).toEqual([{ kind: 'started' }, { kind: 'started' }])
    expect(api.calls).toHaveLength(1)
  })
})
