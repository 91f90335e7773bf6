import { afterEach, describe, expect, it, vi } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import type { SourceCheck } from '#shared/ipc/source-check.ts'
import { createMigrationService } from '../../../../src/main/migrations/migration-service.ts'
import { problemFinding } from '../../../../src/main/source/findings.ts'
import { readyFor } from '../fakes/dispatch-set-up.ts'
import { setUpMonitor } from '../fakes/monitor-set-up.ts'
import { KEY_ID, migration, MIGRATION_ID, OTHER_ID } from '../fakes/views.ts'

const account = { id: 'd3f9c3a4-5b0e-4e0e-8f43-1f0f6a1d2c04', email: 'ada@example.org', organisation: null, capBytesPerSecond: 209_715_200 }
const LINKED_ID = '3d9a3f3e-3a52-4a54-9d53-4a4b8f0d9c11'
const ready = readyFor({ kind: 'bucket' })
const notFound = { ok: false, error: { code: 'not-found' } } as const
const page = (...migrations: ReturnType<typeof migration>[]) =>
  ({ ok: true, value: { migrations, nextCursor: null } }) as const

afterEach(() => void vi.restoreAllMocks())

function setUp(
  rememberedId: string | null = null,
  check: SourceCheck = ready,
  duringCheck: () => Promise<void> | void = () => undefined,
  awaitedIds: readonly string[] = [],
) {
  const parts = setUpMonitor()
  const remembered = new Map([[account.id, rememberedId]])
  const checked: unknown[] = []
  const signals: AbortSignal[] = []
  const missed: string[] = []
  let awaited = awaitedIds
  const service = createMigrationService({
    beginCalls: parts.api.beginCalls,
    monitor: parts.monitor,
    secrets: parts.secrets,
    checkConnection: async (source, stopped) => (checked.push(source), signals.push(stopped), await duringCheck(), check),
    current: () => parts.state.current()?.migration ?? null,
    followed: () => parts.state.followed()?.migration ?? null,
    accountId: () => account.id,
    lastViewedMigrationId: (id) => remembered.get(id) ?? null,
    setLastViewedMigrationId: (id, migrationId) => void remembered.set(id, migrationId),
    awaitedMigrationIds: () => awaited,
    setAwaitedMigrationIds: (_id, ids) => void (awaited = ids),
    onMissedEnd: ({ id }) => missed.push(id),
    setConnectionProblem: parts.state.setConnectionProblem,
    returns: parts.returns,
    random: () => 1,
  })
  return { ...parts, service, remembered, checked, signals, missed, awaited: () => awaited }
}

describe('on return', () => {
  it('S14: shows the migration viewed last, ended or not', async () => {
    const { api, service, state } = setUp(MIGRATION_ID)
    api.answer('getMigration', { ok: true, value: migration({ state: 'completed' }) })
    api.answer('listMigrations', page(migration({ state: 'completed' })))
    await service.accountEntered(account)
    expect(state.current()?.migration).toMatchObject({ id: MIGRATION_ID, state: 'completed' })
    expect(api.calls.map(({ name }) => name)).toEqual(['getMigration', 'listMigrations'])
  })

  it('S14: shows the one that ended while nobody was here rather than the one viewed last, and says so', async () => {
    const { api, service, state, missed } = setUp(OTHER_ID, ready, undefined, [MIGRATION_ID])
    const ended = migration({ state: 'completed' })
    const answers = { [MIGRATION_ID]: ended, [OTHER_ID]: migration({ id: OTHER_ID, state: 'failed' }) }
    api.answer('getMigration', { ok: true, value: answers[OTHER_ID] }, { ok: true, value: answers[MIGRATION_ID] })
    api.answer('listMigrations', page(ended))
    await service.accountEntered(account)
    expect(state.current()).toMatchObject({ migration: { id: MIGRATION_ID }, isEndMissed: true })
    expect(missed).toEqual([])
  })

  it('S7, S14: shows the live one, started elsewhere meanwhile, and tells of the one that ended', async () => {
    const { api, service, state, missed } = setUp(OTHER_ID, ready, undefined, [OTHER_ID])
    api.answer('getMigration', { ok: true, value: migration({ id: OTHER_ID, state: 'completed' }) })
    api.answer('listMigrations', page(migration()))
    await service.accountEntered(account)
    expect(state.current()).toMatchObject({ migration: { id: MIGRATION_ID }, isEndMissed: false })
    expect(missed).toEqual([OTHER_ID])
  })

  it('S7, S14: shows the live one instead of an ended one that was viewed last', async () => {
    const { api, service, state } = setUp(OTHER_ID)
    api.answer('getMigration', { ok: true, value: migration({ id: OTHER_ID, state: 'completed' }) })
    api.answer('listMigrations', page(migration()))
    await service.accountEntered(account)
    expect(state.current()?.migration.id).toBe(MIGRATION_ID)
  })

  it('shows a live one that was started elsewhere when nothing is remembered', async () => {
    const { api, service, state, remembered } = setUp()
    api.answer('listMigrations', page(migration()))
    await service.accountEntered(account)
    expect(state.current()?.migration.id).toBe(MIGRATION_ID)
    expect(remembered.get(account.id)).toBe(MIGRATION_ID)
  })

  it('shows the wizard when nothing is live', async () => {
    const { api, service, state } = setUp()
    api.answer('listMigrations', page(migration({ state: 'completed' })))
    await service.accountEntered(account)
    expect(state.current()).toBeNull()
  })

  it('looks for a live one when the remembered one is gone', async () => {
    const { api, service, state } = setUp(OTHER_ID)
    api.answer('getMigration', notFound)
    api.answer('listMigrations', page(migration()))
    await service.accountEntered(account)
    expect(state.current()?.migration.id).toBe(MIGRATION_ID)
  })

  it('asks no more for what the API does not know any more, viewed or awaited', async () => {
    const { api, service, remembered, awaited } = setUp(OTHER_ID, ready, undefined, [OTHER_ID, MIGRATION_ID, LINKED_ID])
    const refused = { ok: false, error: { code: 'api-not-understood' } } as const
    api.answer('getMigration', notFound, refused, notFound)
    api.answer('listMigrations', page())
    await service.accountEntered(account)
    expect(remembered.get(account.id)).toBeNull()
    expect(awaited()).toEqual([MIGRATION_ID])
  })

  it('S18: keeps trying while the API does not answer', async () => {
    const { api, service, state } = setUp(MIGRATION_ID)
    api.answer('getMigration', { ok: false, error: { code: 'unavailable' } }, { ok: true, value: migration() })
    await service.accountEntered(account)
    expect(state.current()?.migration.id).toBe(MIGRATION_ID)
  })
})

describe('a migration started on another computer (S7, S14)', () => {
  const MINUTE = 60_000
  const later = (ms: number) => vi.spyOn(Date, 'now').mockReturnValue(performance.timeOrigin + performance.now() + ms)

  it('is followed when the person is back, and what is shown stays', async () => {
    const { api, service, state } = setUp(OTHER_ID)
    const ended = migration({ id: OTHER_ID, state: 'completed' })
    api.answer('getMigration', { ok: true, value: ended })
    api.answer('listMigrations', page(ended), page(migration()))
    await service.accountEntered(account)
    await service.lookAgain()
    expect(state.followed()).toBeNull()
    later(2 * MINUTE)
    await service.lookAgain()
    expect(state.current()?.migration.id).toBe(OTHER_ID)
    expect(state.followed()?.migration.id).toBe(MIGRATION_ID)
  })

  it('is looked for once a minute at most, and not while one is followed', async () => {
    const { api, service, monitor } = setUp()
    api.answer('listMigrations', page())
    for (const minutes of [2, 2, 2.5, 4]) {
      later(minutes * MINUTE)
      await service.lookAgain()
    }
    expect(api.calls).toHaveLength(2)
    monitor.show(migration())
    later(9 * MINUTE)
    await service.lookAgain()
    expect(api.calls).toHaveLength(2)
  })

  it('is nobody’s who has left meanwhile', async () => {
    const { api, service, state } = setUp()
    api.answer('listMigrations', () => {
      service.accountLeft()
      api.apiKey = null
      return Promise.resolve(page(migration()))
    })
    await service.lookAgain()
    expect(state.followed()).toBeNull()
  })
})

describe('a link that is followed while the live one is looked for (S14, B13)', () => {
  it('shows what the link names, follows the live one, and tells of the end that was missed', async () => {
    const { api, service, state, missed } = setUp(null, ready, undefined, [OTHER_ID])
    const old = migration({ id: LINKED_ID, state: 'completed' })
    api.answer('getMigration', { ok: true, value: migration({ id: OTHER_ID, state: 'failed' }) }, { ok: true, value: old })
    api.answer('listMigrations', page(migration()))
    const entered = service.accountEntered(account)
    await service.show(LINKED_ID)
    await entered
    expect(state.current()?.migration.id).toBe(LINKED_ID)
    expect(state.followed()?.migration.id).toBe(MIGRATION_ID)
    expect(missed).toEqual([OTHER_ID])
  })

  it('a remembered one that the API will not tell of hides no other', async () => {
    const { api, service, state } = setUp(OTHER_ID)
    api.answer('getMigration', { ok: false, error: { code: 'api-not-understood' } })
    api.answer('listMigrations', page(migration()))
    await service.accountEntered(account)
    expect(state.current()?.migration.id).toBe(MIGRATION_ID)
  })
})

describe('cancelling (S15)', () => {
  it('marks the request until the API has taken it', async () => {
    const { api, service, state, monitor } = setUp()
    monitor.show(migration())
    let answer = (): void => undefined
    api.answer('cancelMigration', () => new Promise((resolve) => {
      answer = () => resolve({ ok: true, value: migration({ revision: 2, state: 'cancelling' }) })
    }))
    const cancelling = service.cancel(MIGRATION_ID)
    expect(state.current()?.isCancelRequested).toBe(true)
    await vi.waitFor(() => expect(api.calls).toHaveLength(1))
    answer()
    expect(await cancelling).toEqual({ ok: true, value: null })
    expect(state.current()).toMatchObject({ isCancelRequested: false, migration: { state: 'cancelling' } })
    expect(service.isCancelledHere(MIGRATION_ID)).toBe(true)
  })

  it('takes the mark back when the API refuses', async () => {
    const { api, service, state, monitor } = setUp()
    monitor.show(migration())
    api.answer('cancelMigration', { ok: false, error: { code: 'migration-ended' } })
    expect(await service.cancel(MIGRATION_ID)).toEqual({ ok: false, error: { code: 'migration-ended' } })
    expect(state.current()?.isCancelRequested).toBe(false)
    expect(service.isCancelledHere(MIGRATION_ID)).toBe(false)
  })

  it('S7: cancels the live one that stands in the way without showing it', async () => {
    const { api, service, state } = setUp()
    api.answer('cancelMigration', { ok: true, value: migration({ id: OTHER_ID, state: 'cancelling' }) })
    expect((await service.cancel(OTHER_ID)).ok).toBe(true)
    expect(state.current()).toBeNull()
  })
})

describe('supplying the secret again (B8)', () => {
  const waiting = migration({ state: 'awaiting-credentials', sealingKey: { keyId: KEY_ID, publicKey: 'A'.repeat(43) } })

  it('tries it on the source first, then hands it over', async () => {
    const { api, service, state, monitor, checked } = setUp()
    api.answer('handOverSecret', { ok: true, value: {} })
    monitor.show(waiting)
    expect(await service.supplySecret(MIGRATION_ID, Secret.of(' s3cr3t '))).toEqual({ ok: true, value: null })
    expect(checked).toMatchObject([{ bucket: 'photos', prefix: '', accessKeyId: 'AKIAEXAMPLE' }])
    await vi.waitFor(() => expect(state.current()?.handover).toBe('handed-over'))
  })

  it('E2: refuses a wrong one, which would end the migration for good', async () => {
    const check: SourceCheck = { kind: 'blocked', findings: [problemFinding('signature-mismatch', {})] }
    const { api, service, monitor, secrets } = setUp(null, check)
    monitor.show(waiting)
    expect(await service.supplySecret(MIGRATION_ID, Secret.of('wrong'))).toEqual({
      ok: false,
      error: { code: 'source-not-ready', reference: 'signature-mismatch' },
    })
    expect(secrets.secretFor(MIGRATION_ID)).toBeNull()
    expect(api.calls).toEqual([])
  })

  it('hands it over when only this machine cannot reach the source', async () => {
    const check: SourceCheck = { kind: 'blocked', findings: [problemFinding('connection-timeout', {})] }
    const { api, service, monitor } = setUp(null, check)
    api.answer('handOverSecret', { ok: true, value: {} })
    monitor.show(waiting)
    expect((await service.supplySecret(MIGRATION_ID, Secret.of('s3cr3t'))).ok).toBe(true)
  })

  it('refuses it for a migration that is not shown, or has ended', async () => {
    const { service, monitor } = setUp()
    monitor.show(migration({ state: 'completed' }))
    for (const id of [MIGRATION_ID, OTHER_ID]) {
      expect(await service.supplySecret(id, Secret.of('s3cr3t'))).toEqual({ ok: false, error: { code: 'migration-ended' } })
    }
  })
})

describe('signing out while something is under way (S9)', () => {
  const waiting = migration({ state: 'awaiting-credentials', sealingKey: { keyId: KEY_ID, publicKey: 'A'.repeat(43) } })

  it.each([
    ['nobody', null],
    ['somebody else', Secret.of('cck_b')],
    ['the same person, again', Secret.of('cck_a')],
  ])('shows no migration that arrives when %s is signed in', async (_who, next) => {
    const { api, service, state, remembered } = setUp()
    api.answer('getMigration', () => {
      service.accountLeft()
      api.apiKey = next
      return Promise.resolve({ ok: true, value: migration() })
    })
    expect(await service.show(MIGRATION_ID)).toEqual({ ok: false, error: { code: 'signed-out' } })
    expect(state.current()).toBeNull()
    expect(remembered.get(account.id)).toBeNull()
  })

  it('holds no secret whose check outlasted the session', async () => {
    const set = setUp(null, ready, () => {
      set.service.accountLeft()
      set.api.apiKey = Secret.of('cck_b')
    })
    set.monitor.show(waiting)
    expect(await set.service.supplySecret(MIGRATION_ID, Secret.of('s3cr3t'))).toEqual({ ok: false, error: { code: 'signed-out' } })
    expect(set.signals.map(({ aborted }) => aborted)).toEqual([true])
    expect(set.secrets.secretFor(MIGRATION_ID)).toBeNull()
    expect(set.api.calls).toEqual([])
  })

  it('holds no secret for a migration that ended during the check', async () => {
    const set = setUp(null, ready, () => set.streams[0]?.onMigration(migration({ revision: 2, state: 'failed' })))
    set.monitor.show(waiting)
    expect(await set.service.supplySecret(MIGRATION_ID, Secret.of('s3cr3t'))).toEqual({ ok: false, error: { code: 'migration-ended' } })
    expect(set.secrets.secretFor(MIGRATION_ID)).toBeNull()
  })

  it('B8: gives the secret to the live one though the person looked at another meanwhile', async () => {
    const set = setUp(null, ready, () => set.monitor.show(migration({ id: OTHER_ID, state: 'completed' })))
    set.api.answer('handOverSecret', { ok: true, value: {} })
    set.monitor.show(waiting)
    expect((await set.service.supplySecret(MIGRATION_ID, Secret.of('s3cr3t'))).ok).toBe(true)
    await vi.waitFor(() => expect(set.state.followed()?.handover).toBe('handed-over'))
  })
})

describe('leaving', () => {
  it('S16, S7: starting another from an ended one leads to the live one, if there is one', () => {
    const { service, state, monitor, remembered } = setUp()
    monitor.show(migration())
    monitor.show(migration({ id: OTHER_ID, state: 'completed' }))
    service.startAnother()
    expect(state.current()?.migration.id).toBe(MIGRATION_ID)
    expect(remembered.get(account.id)).toBe(MIGRATION_ID)
  })

  it('S16: starting another forgets an ended migration, never a live one', () => {
    const { service, state, monitor, remembered } = setUp(MIGRATION_ID)
    monitor.show(migration())
    service.startAnother()
    expect(state.current()).not.toBeNull()
    monitor.show(migration({ state: 'failed' }))
    service.startAnother()
    expect(state.current()).toBeNull()
    expect(remembered.get(account.id)).toBeNull()
  })

  it('S9: signing out drops the secret and what is shown, and remembers what was viewed', () => {
    const { service, state, secrets, remembered } = setUp()
    service.dispatched(migration({ state: 'queued' }), Secret.of('s3cr3t'))
    expect(secrets.secretFor(MIGRATION_ID)).not.toBeNull()
    service.accountLeft()
    expect(secrets.secretFor(MIGRATION_ID)).toBeNull()
    expect(state.current()).toBeNull()
    expect(remembered.get(account.id)).toBe(MIGRATION_ID)
  })
})
