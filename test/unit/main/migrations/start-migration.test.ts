import { describe, expect, it } from 'vitest'
import type { Result } from '#shared/domain/result.ts'
import { Secret } from '#shared/domain/secret.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { SourceCheck } from '#shared/ipc/source-check.ts'
import { createStartMigration } from '../../../../src/main/migrations/start-migration.ts'
import { readyFor, setUpDispatch } from '../fakes/dispatch-set-up.ts'
import type { FakeApiClient } from '../fakes/fake-api-client.ts'
import { KEY_ID, migration, OTHER_ID } from '../fakes/views.ts'

const input = {
  draft: { endpoint: 'https://s3.us-east-1.amazonaws.com', region: '', accessKeyId: ' AKIA1 ', bucket: 'photos', prefix: 'a' },
  secretAccessKey: Secret.of('s3cr3t'),
  destinationId: OTHER_ID,
  destinationPrefix: 'a/',
  dispatchKey: KEY_ID,
  existing: 'never-overwrite',
  isSecretRemembered: false,
} as const
const started = { kind: 'started', rememberProblem: null }

function setUp(...[check, duringCheck]: Parameters<typeof setUpDispatch>) {
  const parts = setUpDispatch(check, duringCheck)
  return { ...parts, start: createStartMigration(parts.ports) }
}

describe('starting a migration', () => {
  it('S5: dispatches what was checked, without the secret', async () => {
    const { api, start, dispatched } = setUp()
    api.answer('createMigration', { ok: true, value: migration() })
    expect(await start(input)).toEqual(started)
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
          options: { existing: 'never-overwrite' },
        },
      },
    ])
    expect(dispatched).toEqual([[migration().id, 's3cr3t']])
  })

  it('S2: the chosen object is what is checked and dispatched', async () => {
    const { api, start, checked } = setUp(readyFor({ kind: 'object', key: 'a' }))
    api.answer('createMigration', { ok: true, value: migration() })
    await start({ ...input, draft: { ...input.draft, prefixMeans: 'object' } })
    expect(checked).toMatchObject([{ isPrefixObject: true }])
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
    const { api, start, dispatched } = setUp(undefined, (fake) => (fake.apiKey = next))
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

  it('stopped during the preflight: dispatches nothing, even when the preflight ends well', async () => {
    const { api, start, pending, stored } = setUp(undefined, () => pending.stop())
    expect(await start({ ...input, isSecretRemembered: true })).toEqual({ kind: 'source', check: { kind: 'stopped' } })
    expect([api.calls, stored]).toEqual([[], []])
  })

  it('is not stopped any more once it has gone to the API', async () => {
    const { api, start, dispatched, pending } = setUp()
    api.answer('createMigration', () => {
      pending.stop()
      return Promise.resolve({ ok: true, value: migration() })
    })
    expect(await start(input)).toEqual(started)
    expect(dispatched).toHaveLength(1)
  })

  it('dispatches once for two clicks', async () => {
    const { api, start } = setUp()
    api.answer('createMigration', { ok: true, value: migration() })
    expect(await Promise.all([start(input), start(input)])).toEqual([started, started])
    expect(api.calls).toHaveLength(1)
  })

  it('B7: remembers the secret once source and API have said yes', async () => {
    const { api, start, stored } = setUp()
    api.answer('createMigration', { ok: true, value: migration() })
    expect(await start({ ...input, isSecretRemembered: true })).toEqual(started)
    expect(stored).toEqual([['https://s3.us-east-1.amazonaws.com', 'AKIA1', 's3cr3t']])
  })

  it('B7: remembers nothing unless asked to, nor what source or API refuse', async () => {
    const unasked = setUp()
    unasked.api.answer('createMigration', { ok: true, value: migration() })
    await unasked.start(input)
    const refused = setUp()
    refused.api.answer('createMigration', { ok: false, error: { code: 'migration-live' } })
    await refused.start({ ...input, isSecretRemembered: true })
    const blocked = setUp({ kind: 'blocked', findings: [] })
    await blocked.start({ ...input, isSecretRemembered: true })
    expect([unasked.stored, refused.stored, blocked.stored]).toEqual([[], [], []])
  })

  it('B7: a keychain that refuses is told, and changes nothing else', async () => {
    const { api, start, dispatched, keychain } = setUp()
    api.answer('createMigration', { ok: true, value: migration() })
    keychain.storing = { ok: false, error: { code: 'keychain-locked' } }
    expect(await start({ ...input, isSecretRemembered: true })).toEqual({
      kind: 'started',
      rememberProblem: { code: 'keychain-locked' },
    })
    expect(dispatched).toEqual([[migration().id, 's3cr3t']])
  })

  it.each([
    ['the same person', () => undefined, [{ code: 'keychain-denied' }]],
    ['nobody', (api: FakeApiClient) => { api.apiKey = null }, []],
    ['somebody else', (api: FakeApiClient) => { api.apiKey = Secret.of('cck_b') }, []],
  ] as const)('B7: does not wait for a prompt of the keychain; what it says later is told when %s is signed in', async (_who, meanwhile, told) => {
    const { api, ports, dispatched, rememberFailures } = setUp()
    let refuse = (): void => undefined
    const storing = new Promise<Result<null, AppProblem>>((resolve) => {
      refuse = () => resolve({ ok: false, error: { code: 'keychain-denied' } })
    })
    const start = createStartMigration({ ...ports, remembered: { remember: () => storing } })
    api.answer('createMigration', { ok: true, value: migration() })
    expect(await start({ ...input, isSecretRemembered: true })).toEqual(started)
    expect([dispatched.length, rememberFailures]).toEqual([1, []])
    meanwhile(api)
    refuse()
    await storing
    await new Promise(setImmediate)
    expect(rememberFailures).toEqual(told)
  })
})
