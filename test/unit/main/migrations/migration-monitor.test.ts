import { describe, expect, it, vi } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { setUpMonitor } from '../fakes/monitor-set-up.ts'
import { KEY_ID, migration, MIGRATION_ID, OTHER_ID } from '../fakes/views.ts'

const secret = Secret.of('s3cr3t')
const key = (keyId: string) => ({ keyId, publicKey: 'A'.repeat(43) })
const waiting = (revision: number, keyId = KEY_ID) =>
  migration({ revision, state: 'awaiting-credentials', sealingKey: key(keyId) })
const taken = { ok: true, value: {} } as const

describe('following a migration', () => {
  it('S14: shows each newer state and none that is older', () => {
    const { monitor, state, streams } = setUpMonitor()
    monitor.show(migration({ revision: 3 }))
    streams[0]?.onMigration(migration({ revision: 5, state: 'verifying' }))
    streams[0]?.onMigration(migration({ revision: 4 }))
    expect(state.current()?.migration).toMatchObject({ revision: 5, state: 'verifying' })
    expect(streams[0]).toMatchObject({ knownRevision: 3, migrationId: MIGRATION_ID })
  })

  it('S14: knows an end that came while the stream was broken from one that was seen', () => {
    for (const isAfterGap of [false, true]) {
      const { monitor, state, streams } = setUpMonitor()
      monitor.show(migration())
      streams[0]?.onMigration(migration({ revision: 2, state: 'completed' }), isAfterGap)
      expect(state.current()?.isEndMissed).toBe(isAfterGap)
    }
  })

  it('leaves the stream and the secret when the migration has ended', () => {
    const { monitor, state, streams, secrets } = setUpMonitor()
    secrets.hold(MIGRATION_ID, secret)
    monitor.show(migration())
    streams[0]?.onMigration(migration({ revision: 2, state: 'completed' }))
    expect(streams[0]?.isStopped).toBe(true)
    expect(secrets.secretFor(MIGRATION_ID)).toBeNull()
    expect(state.current()?.handover).toBe('not-needed')
  })

  it('does not follow what has ended', () => {
    const { monitor, streams } = setUpMonitor()
    monitor.show(migration({ state: 'failed' }))
    expect(streams).toEqual([])
  })

  it('S18: says while the API does not answer and takes it back when it does', () => {
    const { monitor, state, streams } = setUpMonitor()
    monitor.show(migration())
    const heardAt = new Date('2026-11-22T10:00:00.000Z')
    streams[0]?.onInterrupted({ code: 'api-unreachable' }, heardAt)
    streams[0]?.onInterrupted({ code: 'api-unreachable' }, new Date())
    const since = heardAt.toISOString()
    expect(state.snapshot().connectionProblem).toEqual({ problem: { code: 'api-unreachable' }, since })
    streams[0]?.onAlive()
    expect(state.snapshot().connectionProblem).toBeNull()
  })

  it('E10: a refused key ends the session', () => {
    const { monitor, streams, onKeyRefused } = setUpMonitor()
    monitor.show(migration())
    streams[0]?.onRefused({ code: 'unauthenticated' })
    expect(onKeyRefused).toHaveBeenCalledOnce()
  })

  it('follows only the one that is shown', () => {
    const { monitor, state, streams } = setUpMonitor()
    monitor.show(migration())
    monitor.show(migration({ id: OTHER_ID }))
    expect(streams.map(({ isStopped }) => isStopped)).toEqual([true, false])
    streams[0]?.onMigration(migration({ revision: 9 }))
    expect(state.current()?.migration.id).toBe(OTHER_ID)
    monitor.clear()
    expect(streams.map(({ isStopped }) => isStopped)).toEqual([true, true])
  })
})

describe('looking at an ended migration while another one is live (S7, S14)', () => {
  const ended = migration({ id: OTHER_ID, state: 'completed' })

  it('B8: keeps the live one’s secret and stream, and hands over when its worker comes', async () => {
    const { api, monitor, state, streams, secrets } = setUpMonitor()
    api.answer('handOverSecret', taken)
    secrets.hold(MIGRATION_ID, secret)
    monitor.show(migration({ state: 'queued' }))
    monitor.show(ended)
    expect(state.current()?.migration.id).toBe(OTHER_ID)
    expect(streams.map(({ isStopped }) => isStopped)).toEqual([false])
    expect(secrets.secretFor(MIGRATION_ID)).toBe(secret)
    streams[0]?.onMigration(waiting(2))
    await vi.waitFor(() => expect(state.followed()?.handover).toBe('handed-over'))
    expect(state.current()).toMatchObject({ migration: { id: OTHER_ID, state: 'completed' }, handover: 'not-needed' })
  })

  it('S9: drops the secret when the live one ends, seen or not', () => {
    const { monitor, state, streams, secrets } = setUpMonitor()
    secrets.hold(MIGRATION_ID, secret)
    monitor.show(migration())
    monitor.show(ended)
    streams[0]?.onMigration(migration({ revision: 2, state: 'failed' }))
    expect(secrets.secretFor(MIGRATION_ID)).toBeNull()
    expect(streams[0]?.isStopped).toBe(true)
    expect(state.followed()?.migration).toMatchObject({ id: MIGRATION_ID, state: 'failed' })
    expect(state.current()?.migration.id).toBe(OTHER_ID)
  })

  it('S15: marks the cancel of the live one, not of the one that is shown', () => {
    const { monitor, state } = setUpMonitor()
    monitor.show(migration())
    monitor.show(ended)
    monitor.setCancelRequested(MIGRATION_ID, true)
    expect(state.followed()?.isCancelRequested).toBe(true)
    expect(state.current()?.isCancelRequested).toBe(false)
  })

  it('comes back to the live one with all that is known of it', async () => {
    const { api, monitor, state, secrets, seal } = setUpMonitor()
    api.answer('handOverSecret', taken)
    secrets.hold(MIGRATION_ID, secret)
    monitor.show(waiting(1))
    await vi.waitFor(() => expect(state.current()?.handover).toBe('handed-over'))
    monitor.show(ended)
    monitor.show(waiting(2))
    expect(state.current()).toMatchObject({ migration: { id: MIGRATION_ID, revision: 2 }, handover: 'handed-over' })
    expect(seal).toHaveBeenCalledOnce()
  })

  it('hears of the end by looking, too', () => {
    const { monitor, state, streams, secrets } = setUpMonitor()
    secrets.hold(MIGRATION_ID, secret)
    monitor.show(migration())
    monitor.show(migration({ revision: 7, state: 'completed' }))
    expect(streams[0]?.isStopped).toBe(true)
    expect(secrets.secretFor(MIGRATION_ID)).toBeNull()
    expect(state.current()?.migration.state).toBe('completed')
    expect(state.followed()?.migration.state).toBe('completed')
  })

  it('S9: a live one that takes the other’s place means that the other has ended', () => {
    const { monitor, secrets } = setUpMonitor()
    secrets.hold(MIGRATION_ID, secret)
    monitor.show(migration())
    monitor.show(migration({ id: OTHER_ID }))
    expect(secrets.secretFor(MIGRATION_ID)).toBeNull()
  })

  it('leaves both at sign-out', () => {
    const { monitor, state, streams } = setUpMonitor()
    monitor.show(migration())
    monitor.show(ended)
    monitor.clear()
    expect([state.current(), state.followed()]).toEqual([null, null])
    expect(streams[0]?.isStopped).toBe(true)
  })
})

describe('handing over the secret (B1, B8)', () => {
  it('seals to the worker’s key once, however often the state is told', async () => {
    const { api, monitor, state, streams, secrets, seal } = setUpMonitor()
    api.answer('handOverSecret', taken)
    secrets.hold(MIGRATION_ID, secret)
    monitor.show(migration({ state: 'queued' }))
    expect(state.current()?.handover).toBe('ready')
    streams[0]?.onMigration(waiting(2))
    streams[0]?.onMigration(waiting(3))
    await vi.waitFor(() => expect(state.current()?.handover).toBe('handed-over'))
    streams[0]?.onMigration(waiting(4))
    expect(seal).toHaveBeenCalledOnce()
    expect(api.calls).toMatchObject([
      { name: 'handOverSecret', input: { params: { migrationId: MIGRATION_ID }, body: { keyId: KEY_ID, ciphertext: 'sealed:s3cr3t' } } },
    ])
  })

  it('seals again for the worker that follows a lost one, without asking anybody', async () => {
    const { api, monitor, state, streams, secrets, seal } = setUpMonitor()
    api.answer('handOverSecret', taken)
    secrets.hold(MIGRATION_ID, secret)
    monitor.show(waiting(1))
    await vi.waitFor(() => expect(state.current()?.handover).toBe('handed-over'))
    streams[0]?.onMigration(migration({ revision: 2, state: 'running' }))
    expect(state.current()?.handover).toBe('handed-over')
    streams[0]?.onMigration(waiting(3, OTHER_ID))
    await vi.waitFor(() => expect(api.calls).toHaveLength(2))
    expect(seal.mock.calls.map(([, , { keyId }]) => keyId)).toEqual([KEY_ID, OTHER_ID])
  })

  it('asks for the secret when it is not held, and hands over what is given', async () => {
    const { api, monitor, state, secrets } = setUpMonitor()
    api.answer('handOverSecret', taken)
    monitor.show(waiting(1))
    expect(state.current()?.handover).toBe('secret-needed')
    secrets.hold(MIGRATION_ID, secret)
    monitor.secretChanged()
    await vi.waitFor(() => expect(state.current()?.handover).toBe('handed-over'))
  })

  it('tries again when the API cannot be reached, with the very same ciphertext', async () => {
    const { api, monitor, state, secrets, seal } = setUpMonitor()
    api.answer('handOverSecret', { ok: false, error: { code: 'api-unreachable' } }, taken)
    secrets.hold(MIGRATION_ID, secret)
    monitor.show(waiting(1))
    await vi.waitFor(() => expect(state.current()?.handoverProblem?.code).toBe('api-unreachable'))
    await vi.waitFor(() => expect(state.current()).toMatchObject({ handover: 'handed-over', handoverProblem: null }), 5_000)
    expect(seal).toHaveBeenCalledOnce()
  })

  it('takes "not awaited" for delivered: its first answer was lost, or a newer key is coming', async () => {
    const { api, monitor, state, secrets } = setUpMonitor()
    api.answer('handOverSecret', { ok: false, error: { code: 'secret-not-awaited' } })
    secrets.hold(MIGRATION_ID, secret)
    monitor.show(waiting(1))
    await vi.waitFor(() => expect(state.current()).toMatchObject({ handover: 'handed-over', handoverProblem: null }))
  })

  it('stops trying when another migration is shown', async () => {
    const { api, monitor, state, secrets } = setUpMonitor()
    api.answer('handOverSecret', { ok: false, error: { code: 'api-unreachable' } })
    secrets.hold(MIGRATION_ID, secret)
    monitor.show(waiting(1))
    await vi.waitFor(() => expect(state.current()?.handoverProblem).not.toBeNull())
    monitor.show(migration({ id: OTHER_ID }))
    expect(state.current()?.handoverProblem).toBeNull()
    expect(api.calls).toHaveLength(1)
  })
})
