import { describe, expect, it, vi } from 'vitest'
import type { Result } from '#shared/domain/result.ts'
import { Secret } from '#shared/domain/secret.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { SourceCheck } from '#shared/ipc/source-check.ts'
import type { SecretRecallPorts } from '../../../../src/main/migrations/secret-recall.ts'
import { goodFinding, problemFinding } from '../../../../src/main/source/findings.ts'
import { readyFor } from '../fakes/dispatch-set-up.ts'
import { setUpMonitor } from '../fakes/monitor-set-up.ts'
import { KEY_ID, migration, MIGRATION_ID, OTHER_ID } from '../fakes/views.ts'

const { endpoint, accessKeyId } = migration().source
const found = { ok: true, value: Secret.of('remembered') } as const
const waiting = (revision: number, keyId = KEY_ID) =>
  migration({ revision, state: 'awaiting-credentials', sealingKey: { keyId, publicKey: 'A'.repeat(43) } })

function setUp(
  secret: () => Promise<Result<Secret | null, AppProblem>>,
  check: () => Promise<SourceCheck> = () => Promise.resolve(readyFor({ kind: 'bucket' })),
  names = [{ endpoint, accessKeyId }],
) {
  const secretFor = vi.fn(secret)
  const checkConnection = vi.fn<SecretRecallPorts['checkConnection']>(check)
  const parts = setUpMonitor({ remembered: { list: () => names, secretFor }, checkConnection })
  parts.api.answer('handOverSecret', { ok: true, value: {} })
  const handovers: string[] = []
  parts.state.subscribe(({ current }) => void (current !== null && handovers.push(current.handover)))
  return { ...parts, secretFor, checkConnection, handovers }
}

describe('handing over the remembered secret (B7, B8)', () => {
  it('answers the worker by itself, without asking anybody in between', async () => {
    const { monitor, state, seal, handovers, secretFor, checkConnection } = setUp(() => Promise.resolve(found))
    monitor.show(waiting(1))
    expect(state.current()?.handover).toBe('ready')
    monitor.take(waiting(2))
    await vi.waitFor(() => expect(state.current()?.handover).toBe('handed-over'))
    expect(seal.mock.calls.map(([secret, id, { keyId }]) => [secret.reveal(), id, keyId])).toEqual([['remembered', MIGRATION_ID, KEY_ID]])
    expect(handovers).not.toContain('secret-needed')
    expect([secretFor.mock.calls.length, checkConnection.mock.calls.length]).toEqual([1, 1])
  })

  it('holds it for the next worker too, as one that was typed', async () => {
    const { monitor, state, seal, secretFor } = setUp(() => Promise.resolve(found))
    monitor.show(waiting(1))
    await vi.waitFor(() => expect(state.current()?.handover).toBe('handed-over'))
    monitor.take(waiting(2, OTHER_ID))
    await vi.waitFor(() => expect(seal).toHaveBeenCalledTimes(2))
    expect(secretFor).toHaveBeenCalledOnce()
  })

  it.each([
    ['the keychain is locked', { ok: false, error: { code: 'keychain-locked' } }, { code: 'keychain-locked' }],
    ['it is gone from the keychain', { ok: true, value: null }, null],
  ] as const)('asks when %s, says why, and asks again of the next worker only', async (_why, answer, handoverProblem) => {
    const { monitor, state, secretFor } = setUp(() => Promise.resolve(answer))
    monitor.show(waiting(1))
    await vi.waitFor(() => expect(state.current()).toMatchObject({ handover: 'secret-needed', handoverProblem }))
    monitor.take(waiting(2))
    expect(state.current()).toMatchObject({ handover: 'secret-needed', handoverProblem })
    expect(secretFor).toHaveBeenCalledOnce()
    monitor.take(waiting(3, OTHER_ID))
    expect(secretFor).toHaveBeenCalledTimes(2)
  })

  it('E2: hands over nothing that the source refuses: it would end the migration', async () => {
    const refused: SourceCheck = { kind: 'blocked', findings: [problemFinding('signature-mismatch', {})] }
    const { monitor, state, seal } = setUp(() => Promise.resolve(found), () => Promise.resolve(refused))
    monitor.show(waiting(1))
    await vi.waitFor(() => expect(state.current()?.handover).toBe('secret-needed'))
    expect(state.current()?.handoverProblem).toEqual({ code: 'source-not-ready', reference: 'signature-mismatch' })
    expect(seal).not.toHaveBeenCalled()
  })

  it.each([
    ['this machine is offline', { kind: 'blocked', findings: [problemFinding('no-internet', {})] }, 'no-internet'],
    ['it may not list any more', { kind: 'blocked', findings: [goodFinding('source-listed', {}), problemFinding('access-denied', {})] }, 'access-denied'],
    ['the check has not ended', { kind: 'stopped' }, 'stopped'],
  ] as [string, SourceCheck, string][])('E2: asks the person when %s, and says so', async (_what, check, reference) => {
    const { monitor, state, seal } = setUp(() => Promise.resolve(found), () => Promise.resolve(check))
    monitor.show(waiting(1))
    await vi.waitFor(() => expect(state.current()?.handover).toBe('secret-needed'))
    expect(state.current()?.handoverProblem).toEqual({ code: 'source-not-ready', reference })
    expect(seal).not.toHaveBeenCalled()
  })

  it('asks the person when the check itself breaks', async () => {
    const { monitor, state } = setUp(() => Promise.resolve(found), () => Promise.reject(new Error('a bug')))
    monitor.show(waiting(1))
    await vi.waitFor(() => expect(state.current()).toMatchObject({ handover: 'secret-needed', handoverProblem: { code: 'unexpected' } }))
  })

  it('never touches the keychain for a source that is not remembered, or before a worker asks', () => {
    const other = setUp(() => Promise.resolve(found), undefined, [{ endpoint, accessKeyId: 'AKIAOTHER' }])
    other.monitor.show(waiting(1))
    expect(other.state.current()?.handover).toBe('secret-needed')
    const early = setUp(() => Promise.resolve(found))
    early.monitor.show(migration({ state: 'queued' }))
    early.monitor.take(migration({ revision: 2, state: 'running' }))
    expect([other.secretFor.mock.calls, early.secretFor.mock.calls]).toEqual([[], []])
  })

  it.each(['ended', 'signed out'])('S9: holds nothing when the person has %s meanwhile', async (how) => {
    let settle = (): void => undefined
    const { monitor, state, secrets, seal, checkConnection } = setUp(
      () => Promise.resolve(found),
      () => new Promise((resolve) => (settle = () => resolve(readyFor({ kind: 'bucket' })))),
    )
    monitor.show(waiting(1))
    await vi.waitFor(() => expect(checkConnection).toHaveBeenCalled())
    if (how === 'ended') monitor.take(migration({ revision: 2, state: 'cancelled' }))
    else monitor.clear()
    settle()
    await new Promise(setImmediate)
    expect(secrets.secretFor(MIGRATION_ID)).toBeNull()
    expect(seal).not.toHaveBeenCalled()
    expect(checkConnection.mock.calls[0]?.[1].aborted).toBe(true)
    expect(state.current()?.handover ?? 'not-needed').toBe('not-needed')
  })
})
