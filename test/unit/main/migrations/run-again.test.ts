import { describe, expect, it, vi } from 'vitest'
import { isTerminal, migrationStates } from '#shared/domain/migration-state.ts'
import { Secret } from '#shared/domain/secret.ts'
import type { SourceCheck } from '#shared/ipc/source-check.ts'
import { createRunAgain } from '../../../../src/main/migrations/run-again.ts'
import { problemFinding } from '../../../../src/main/source/findings.ts'
import { readyFor, setUpDispatch } from '../fakes/dispatch-set-up.ts'
import { KEY_ID, migration, MIGRATION_ID, OTHER_ID } from '../fakes/views.ts'

const ended = migration({
  state: 'completed-with-exceptions',
  source: { ...migration().source, target: { kind: 'object', key: 'a/b' } },
  destination: { ...migration().destination, prefix: 'kept/' },
  options: { existing: 'never-overwrite' },
})
const input = {
  migrationId: MIGRATION_ID,
  secretAccessKey: Secret.of(' s3cr3t '),
  isSecretRemembered: false,
  dispatchKey: KEY_ID,
}
const started = { kind: 'started', rememberProblem: null }

function setUp(check = readyFor({ kind: 'object', key: 'a/b' })) {
  const parts = setUpDispatch(check)
  parts.api.answer('getMigration', { ok: true, value: ended })
  parts.api.answer('createMigration', { ok: true, value: migration({ id: OTHER_ID, state: 'queued' }) })
  return { ...parts, runAgain: createRunAgain(parts.ports) }
}

describe('running a migration again (B4)', () => {
  it('dispatches the same source, destination and options once more, and shows the new one', async () => {
    const { api, runAgain, checked, dispatched } = setUp()
    expect(await runAgain(input)).toEqual(started)
    expect(checked).toMatchObject([{ prefix: 'a/b', isPrefixObject: true, bucket: 'photos', region: 'us-east-1' }])
    expect(api.calls[1]?.input).toEqual({
      idempotencyKey: KEY_ID,
      body: {
        source: {
          endpoint: 'https://s3.us-east-1.amazonaws.com',
          region: 'us-east-1',
          accessKeyId: 'AKIAEXAMPLE',
          bucket: 'photos',
          target: { kind: 'object', key: 'a/b' },
        },
        destination: { id: OTHER_ID, prefix: 'kept/' },
        options: { existing: 'never-overwrite' },
      },
    })
    expect(dispatched).toEqual([[OTHER_ID, 's3cr3t']])
  })

  it('B7: takes the remembered secret when none is given, and does not put it back', async () => {
    const { runAgain, dispatched, stored, keychain } = setUp()
    keychain.found = { ok: true, value: Secret.of('remembered') }
    expect(await runAgain({ ...input, secretAccessKey: null, isSecretRemembered: true })).toEqual(started)
    expect(dispatched).toEqual([[OTHER_ID, 'remembered']])
    expect(stored).toEqual([])
  })

  it('B7: a given secret goes before the remembered one, and replaces it when asked to', async () => {
    const { runAgain, dispatched, stored, keychain } = setUp()
    keychain.found = { ok: true, value: Secret.of('remembered') }
    await runAgain({ ...input, isSecretRemembered: true })
    expect(dispatched).toEqual([[OTHER_ID, 's3cr3t']])
    expect(stored).toEqual([['https://s3.us-east-1.amazonaws.com', 'AKIAEXAMPLE', 's3cr3t']])
  })

  it.each(
    [null, 'keychain-locked', 'keychain-denied', 'keychain-timeout', 'keychain-unavailable'] as const,
  )('B7: asks for the secret when the keychain says %s, tells why, and then takes it under the same key', async (code) => {
    const { api, runAgain, keychain } = setUp()
    keychain.found = code === null ? { ok: true, value: null } : { ok: false, error: { code } }
    const reason = code === null ? null : { code }
    expect(await runAgain({ ...input, secretAccessKey: null })).toEqual({ kind: 'secret-needed', reason })
    expect(api.calls.map(({ name }) => name)).toEqual(['getMigration'])
    expect(await runAgain(input)).toEqual(started)
  })

  it.each([
    ['signature-mismatch', { kind: 'secret-needed', reason: { code: 'source-not-ready', reference: 'signature-mismatch' } }],
    ['invalid-access-key', { kind: 'secret-needed', reason: { code: 'source-not-ready', reference: 'invalid-access-key' } }],
    ['bucket-not-found', { kind: 'source' }],
  ] as const)('E2: a source that says %s involves no worker; a remembered secret is asked for anew if it is the reason', async (code, answer) => {
    const check: SourceCheck = { kind: 'blocked', findings: [problemFinding(code, {})] }
    const { api, runAgain, keychain } = setUp(check)
    keychain.found = { ok: true, value: Secret.of('old') }
    expect(await runAgain({ ...input, secretAccessKey: null })).toMatchObject(answer)
    expect(await runAgain(input)).toEqual({ kind: 'source', check })
    expect(api.calls.map(({ name }) => name)).toEqual(['getMigration', 'getMigration'])
  })

  it.each(['keychain', 'API'])('stopped while the %s has not answered: says so at once and dispatches nothing', async (who) => {
    const { api, ports, checked, pending } = setUp()
    const never = vi.fn(() => new Promise<never>(() => undefined))
    if (who === 'API') api.answer('getMigration', never)
    const runAgain = createRunAgain({ ...ports, remembered: { ...ports.remembered, secretFor: never } })
    const answer = runAgain({ ...input, secretAccessKey: null })
    await vi.waitFor(() => expect(never).toHaveBeenCalled())
    pending.stop()
    expect(await answer).toEqual({ kind: 'source', check: { kind: 'stopped' } })
    expect(checked).toEqual([])
    api.answer('getMigration', { ok: true, value: ended })
    expect(await createRunAgain(ports)(input)).toEqual(started)
  })

  it('tells a malformed secret before any request to the source', async () => {
    const { runAgain, checked } = setUp()
    expect(await runAgain({ ...input, secretAccessKey: Secret.of('a b') })).toMatchObject({
      kind: 'source',
      check: { kind: 'fields', fieldProblems: [{ field: 'secretAccessKey', code: 'whitespace-inside' }] },
    })
    expect(checked).toEqual([])
  })

  it.each(migrationStates)('runs again what is %s only if it has ended', async (state) => {
    const { api, runAgain } = setUp()
    api.answer('getMigration', { ok: true, value: { ...ended, state } })
    const live = { kind: 'refused', problem: { code: 'migration-live', migrationId: MIGRATION_ID } }
    expect(await runAgain(input)).toEqual(isTerminal(state) ? started : live)
  })

  it.each(['migration-live', 'destination-forbidden', 'api-unreachable'] as const)('S7, S8, E10: passes on %s', async (code) => {
    const { api, runAgain, dispatched } = setUp()
    api.answer('createMigration', { ok: false, error: { code } })
    expect(await runAgain(input)).toEqual({ kind: 'refused', problem: { code } })
    expect(dispatched).toEqual([])
  })

  it('S9: dispatches nothing for whoever signs out while the keychain is asked', async () => {
    const { api, ports, checked } = setUp()
    const runAgain = createRunAgain({
      ...ports,
      remembered: {
        ...ports.remembered,
        secretFor: () => {
          api.apiKey = null
          return Promise.resolve({ ok: true, value: Secret.of('remembered') })
        },
      },
    })
    expect(await runAgain({ ...input, secretAccessKey: null })).toEqual({ kind: 'refused', problem: { code: 'signed-out' } })
    expect(checked).toEqual([])
    expect(api.calls.map(({ name }) => name)).toEqual(['getMigration'])
  })

  it('dispatches once for two clicks', async () => {
    const { api, runAgain } = setUp()
    expect(await Promise.all([runAgain(input), runAgain(input)])).toEqual([started, started])
    expect(api.calls.filter(({ name }) => name === 'createMigration')).toHaveLength(1)
  })
})
