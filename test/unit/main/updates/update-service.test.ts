import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { UpdateState } from '#shared/ipc/updates.ts'
import { createLogger } from '../../../../src/main/logger.ts'
import type { Updater } from '../../../../src/main/updates/update-run.ts'
import { createUpdateService, type UpdatePorts } from '../../../../src/main/updates/update-service.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const DAY = 24 * 60 * 60_000
const held = { ok: false, error: { code: 'update-held' } }
const done = { ok: true, value: null }

function setUp(patch: Partial<UpdatePorts> = {}, found: string | null = null) {
  const states: UpdateState[] = []
  const updater = {
    find: vi.fn<Updater['find']>(() => Promise.resolve(found)),
    download: vi.fn<Updater['download']>(() => Promise.resolve()),
    restart: vi.fn<Updater['restart']>(),
  }
  const onRestarting = vi.fn<UpdatePorts['onRestarting']>()
  const loadUpdater = vi.fn(() => Promise.resolve(updater))
  const service = createUpdateService({
    off: null,
    loadUpdater,
    isHandoverPending: () => false,
    onChanged: (state) => states.push(state),
    onRestarting,
    logger: createLogger({ writeLine: () => undefined }),
    random: () => 0.5,
    ...patch,
  })
  return { service, updater, loadUpdater, onRestarting, states, kinds: () => states.map(({ kind }) => kind) }
}

describe('updates (B13)', () => {
  it('are looked for some minutes after the start, and daily; the start loads nothing for it', async () => {
    const { loadUpdater, updater } = setUp()
    await vi.advanceTimersByTimeAsync(2 * 60_000)
    expect(loadUpdater).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(8 * 60_000)
    expect(updater.find).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(3 * DAY)
    expect(updater.find).toHaveBeenCalledTimes(4)
    expect(loadUpdater).toHaveBeenCalledTimes(1)
  })

  it('are never looked for where they are off, not even when asked', async () => {
    const { service, loadUpdater, states } = setUp({ off: 'system-package' })
    expect(service.check()).toEqual(done)
    await vi.advanceTimersByTimeAsync(3 * DAY)
    expect(loadUpdater).not.toHaveBeenCalled()
    expect(states).toEqual([{ kind: 'off', reason: 'system-package' }])
  })

  it('are fetched, and then only looked after until the app ends', async () => {
    const { service, updater, states } = setUp({}, '0.2.0')
    updater.download.mockImplementation((onPercent) => {
      onPercent(50)
      return Promise.resolve()
    })
    service.check()
    await vi.advanceTimersByTimeAsync(3 * DAY)
    expect(states).toEqual([
      { kind: 'idle', checkedAt: null },
      { kind: 'checking' },
      { kind: 'downloading', version: '0.2.0', percent: 0 },
      { kind: 'downloading', version: '0.2.0', percent: 50 },
      { kind: 'ready', version: '0.2.0' },
    ])
    expect(updater.find).toHaveBeenCalledTimes(4)
    expect(updater.download).toHaveBeenCalledTimes(1)
    expect(updater.restart).not.toHaveBeenCalled()
  })

  it('stay ready while nobody answers, and give way to a newer one', async () => {
    const { service, updater, states } = setUp({}, '0.2.0')
    service.check()
    await vi.advanceTimersByTimeAsync(0)
    updater.find.mockRejectedValueOnce(new Error('net::ERR_INTERNET_DISCONNECTED')).mockResolvedValue('0.3.0')
    await vi.advanceTimersByTimeAsync(1.5 * DAY)
    expect(states.at(-1)).toEqual({ kind: 'ready', version: '0.2.0' })
    service.restart()
    await vi.advanceTimersByTimeAsync(0)
    expect(updater.restart).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(DAY)
    expect(states.at(-1)).toEqual({ kind: 'ready', version: '0.3.0' })
  })

  it('are not offered any more once they are withdrawn', async () => {
    const { service, updater, states } = setUp({}, '0.2.0')
    service.check()
    await vi.advanceTimersByTimeAsync(0)
    updater.find.mockResolvedValue(null)
    await vi.advanceTimersByTimeAsync(1.5 * DAY)
    expect(states.at(-1)).toMatchObject({ kind: 'idle' })
    service.restart()
    await vi.advanceTimersByTimeAsync(0)
    expect(updater.restart).not.toHaveBeenCalled()
  })

  it('wait while the wizard is filled in, and come after', async () => {
    const { service, updater } = setUp()
    service.setWizardUse('filled-in')
    await vi.advanceTimersByTimeAsync(DAY)
    expect(updater.find).not.toHaveBeenCalled()
    service.setWizardUse('put-aside')
    await vi.advanceTimersByTimeAsync(0)
    expect(updater.find).toHaveBeenCalledTimes(1)
  })

  it('take no draft away with the restart, whatever place is shown', async () => {
    const { service, updater } = setUp({}, '0.2.0')
    service.check()
    await vi.advanceTimersByTimeAsync(0)
    for (const use of ['filled-in', 'put-aside'] as const) {
      service.setWizardUse(use)
      expect(service.restart()).toEqual({ ok: false, error: { code: 'draft-held' } })
    }
    await vi.advanceTimersByTimeAsync(DAY)
    expect(updater.restart).not.toHaveBeenCalled()
    service.setWizardUse('empty')
    expect(service.restart()).toEqual(done)
  })

  it('wait while a migration is dispatched', async () => {
    const { service, updater } = setUp()
    let finish = (_answer: string): void => undefined
    const dispatch = service.heldDuring((name: string) => new Promise<string>((resolve) => (finish = () => resolve(name))))
    const answer = dispatch('started')
    expect(service.check()).toEqual(held)
    expect(updater.find).not.toHaveBeenCalled()
    finish('')
    expect(await answer).toBe('started')
    await vi.advanceTimersByTimeAsync(0)
    expect(updater.find).toHaveBeenCalledTimes(1)
  })

  it('wait until the secret is handed over; so does the restart', async () => {
    let isHandoverPending = true
    const { service, updater } = setUp({ isHandoverPending: () => isHandoverPending }, '0.2.0')
    expect(service.check()).toEqual(held)
    isHandoverPending = false
    service.reconsider()
    await vi.advanceTimersByTimeAsync(0)
    expect(updater.download).toHaveBeenCalledTimes(1)

    isHandoverPending = true
    expect(service.restart()).toEqual(held)
    await vi.advanceTimersByTimeAsync(DAY)
    expect(updater.restart).not.toHaveBeenCalled()
    isHandoverPending = false
    expect(service.restart()).toEqual(done)
    await vi.advanceTimersByTimeAsync(0)
    expect(updater.restart).toHaveBeenCalledTimes(1)
  })

  it('say nothing of a lost network, and try again', async () => {
    const { updater, states, kinds } = setUp()
    updater.find.mockRejectedValueOnce(new Error('net::ERR_INTERNET_DISCONNECTED'))
    await vi.advanceTimersByTimeAsync(10 * 60_000)
    expect(kinds()).toEqual(['idle', 'checking', 'idle'])
    await vi.advanceTimersByTimeAsync(2 * DAY)
    expect(states.at(-1)).toEqual({ kind: 'idle', checkedAt: expect.any(String) as string })
  })

  it('say so when what came is damaged, and do not call it ready', async () => {
    const { service, updater, states } = setUp({}, '0.2.0')
    updater.download.mockRejectedValueOnce(Object.assign(new Error('sha512'), { code: 'ERR_CHECKSUM_MISMATCH' }))
    service.check()
    await vi.advanceTimersByTimeAsync(0)
    expect(states.at(-1)).toEqual({ kind: 'failed', failure: 'damaged' })
    expect(service.restart()).toEqual(done)
    await vi.advanceTimersByTimeAsync(0)
    expect(updater.restart).not.toHaveBeenCalled()
  })

  it('say so when the app cannot be replaced', async () => {
    const { service, updater, states, onRestarting } = setUp({}, '0.2.0')
    updater.restart.mockImplementation(() => {
      throw Object.assign(new Error('read-only'), { code: 'EROFS' })
    })
    service.check()
    await vi.advanceTimersByTimeAsync(0)
    service.restart()
    await vi.advanceTimersByTimeAsync(0)
    expect(states.at(-1)).toEqual({ kind: 'failed', failure: 'not-replaced' })
    expect(onRestarting.mock.calls).toEqual([[true], [false]])
  })

  it('end with the app', async () => {
    const { service, updater } = setUp()
    service.close()
    await vi.advanceTimersByTimeAsync(3 * DAY)
    expect(updater.find).not.toHaveBeenCalled()
  })
})
