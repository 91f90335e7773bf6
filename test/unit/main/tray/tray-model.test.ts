import { describe, expect, it } from 'vitest'
import { migrationStates } from '#shared/domain/migration-state.ts'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import { trayModel } from '../../../../src/main/tray/tray-model.ts'
import type { Session } from '#shared/ipc/snapshot.ts'
import { current, OTHER_ID, verification } from '../fakes/views.ts'

const progress = {
  ...emptyProgress,
  copiedBytes: 1_280_000_000,
  copiedObjects: 12,
  totalBytes: 3_400_000_000,
  totalObjects: 51,
  bytesPerSecond: 1,
}
const account = { id: OTHER_ID, email: 'ada@example.org', organisation: null, capBytesPerSecond: 209_715_200 }
const session: Session = { kind: 'signed-in', account, keyKeeping: { kind: 'keychain' } }
const online = { connectionProblem: null, session }

describe('tray model', () => {
  it('S12: shows percent and bytes of a running migration', () => {
    const model = trayModel({ current: current({ progress }), ...online })
    expect(model.icon).toBe('running')
    expect(model.tooltip).toBe('Carolina Migrate — 37 % · 1.28 of 3.40 GB')
  })

  it('S12: says that the total is being calculated instead of guessing a percentage', () => {
    const sizing = { ...progress, totalBytes: null, totalObjects: null }
    expect(trayModel({ current: current({ progress: sizing }), ...online }).tooltip).toBe(
      'Carolina Migrate — calculating total size… · 1.28 GB',
    )
  })

  it.each([
    ['queued', 'running'],
    ['awaiting-credentials', 'running'],
    ['running', 'running'],
    ['paused', 'running'],
    ['verifying', 'running'],
    ['cancelling', 'running'],
    ['completed', 'done'],
    ['completed-with-exceptions', 'attention'],
    ['failed', 'failed'],
    ['cancelled', 'idle'],
  ] as const)('state %s has the icon %s', (state, icon) => {
    expect(trayModel({ current: current({ state }), ...online }).icon).toBe(icon)
  })

  it.each([
    [{ archived: 2, missing: 1, changed: 4 }, '3 files not copied'],
    [{ 'kept-different': 1 }, '1 file not copied'],
    [{ changed: 1 }, '1 file changed meanwhile'],
  ])('B3: says what is not as it should be: %o', (exceptions, words) => {
    const ended = current({ state: 'completed-with-exceptions', verification: verification(exceptions) })
    expect(trayModel({ current: ended, ...online }).tooltip).toBe(`Carolina Migrate — migration finished, ${words}`)
  })

  it.each([
    [20, 'less than a minute left'],
    [61, 'about 1 min left'],
    [59.6 * 60, 'about 1 h left'],
    [5.4 * 3600, 'about 5 h left'],
    [71 * 3600, 'about 3 days left'],
  ])('B5: tells the time left, %s seconds', (remainingSeconds, words) => {
    const { tooltip } = trayModel({ current: current({ progress: { ...progress, remainingSeconds } }), ...online })
    expect(tooltip).toBe(`Carolina Migrate — 37 % · 1.28 of 3.40 GB · ${words}`)
  })

  it.each([
    ['source', 'unreachable', 'source not reachable, trying again'],
    ['destination', 'throttled', 'destination is busy, trying again'],
  ] as const)('B8: says that it waits for the %s (%s), in the menu too', (side, code, words) => {
    const waiting = { side, code, nextTryAt: '2026-11-22T10:00:20.000Z' }
    const model = trayModel({ current: current({ waiting, progress: { ...progress, remainingSeconds: 900 } }), ...online })
    expect(model.tooltip).toBe(`Carolina Migrate — ${words} · 37 % · 1.28 of 3.40 GB`)
    expect(model.menu[0]).toEqual({ action: null, label: words, isEnabled: false })
    expect(model.icon).toBe(code === 'unreachable' ? 'attention' : 'running')
    expect(trayModel({ current: current({ state: 'cancelled', waiting }), ...online }).menu).toHaveLength(2)
  })

  it('asks for attention when a worker needs the secret again (B8)', () => {
    const model = trayModel({ current: current({ state: 'awaiting-credentials' }, { handover: 'secret-needed' }), ...online })
    expect(model.icon).toBe('attention')
    expect(model.tooltip).toContain('needs the secret key again')
  })

  describe('without a connection (S14)', () => {
    const since = '2026-11-22T10:00:00.000Z'
    const lost = { connectionProblem: { problem: { code: 'api-unreachable' }, since }, session } as const
    const words = `no connection since ${new Date(since).toTimeString().slice(0, 5)}`

    it('claims no percentage as if it were live, and says so in the menu', () => {
      const model = trayModel({ current: current({ progress: { ...progress, remainingSeconds: 900 } }), ...lost })
      expect(model.tooltip).toBe(`Carolina Migrate — ${words} · last seen at 37 %`)
      expect(model.menu[0]).toEqual({ action: null, label: words, isEnabled: false })
    })

    it('leaves an end as it is: that is known', () => {
      const ended = trayModel({ current: current({ state: 'completed', progress }), ...lost })
      expect(ended.tooltip).toBe('Carolina Migrate — migration complete · 1.28 GB')
    })

    it('does not say that nothing runs when it cannot know', () => {
      for (const kind of [session, { kind: 'restoring', isKeychainAsked: true } as const]) {
        expect(trayModel({ current: null, ...lost, session: kind }).tooltip).toBe(`Carolina Migrate — ${words}`)
      }
    })
  })

  it.each([
    [{ kind: 'restoring', isKeychainAsked: true }, 'opening…'],
    [{ kind: 'signed-out', problem: null }, 'not signed in'],
  ] as const)('says that it knows of no migration when the session is %o', (kind, words) => {
    expect(trayModel({ current: null, ...online, session: kind }).tooltip).toBe(`Carolina Migrate — ${words}`)
  })

  it('S15: offers Cancel migration… exactly while there is something to cancel', () => {
    const labels = (state: (typeof migrationStates)[number]) =>
      trayModel({ current: current({ state }), ...online }).menu.map(({ label }) => label)
    for (const state of migrationStates) {
      const isLive = !['completed', 'completed-with-exceptions', 'failed', 'cancelled'].includes(state)
      const quit = isLive ? 'Quit (the migration continues)' : 'Quit'
      expect(labels(state)).toEqual(['Open Carolina Migrate', ...(isLive ? ['Cancel migration…'] : []), quit])
    }
    expect(trayModel({ current: null, ...online }).menu.map(({ action }) => action)).toEqual(['open', 'quit'])
  })

  it('B13: announces that Quit will ask while only this app holds the secret', () => {
    const waiting = current({ state: 'queued' }, { handover: 'ready' })
    expect(trayModel({ current: waiting, ...online }).menu.at(-1)).toMatchObject({ action: 'quit', label: 'Quit…' })
  })

  it('B8: does not claim at Quit that a migration continues which waits for the person', () => {
    const waiting = current({ state: 'awaiting-credentials' }, { handover: 'secret-needed' })
    const label = 'Quit (the migration waits for its secret key)'
    expect(trayModel({ current: waiting, ...online }).menu.at(-1)).toMatchObject({ action: 'quit', label })
  })

  it('S15: takes the cancel entry out of service once it was used', () => {
    const cancelEntry = (part: Parameters<typeof current>[0], more?: Parameters<typeof current>[1]) =>
      trayModel({ current: current(part, more), ...online }).menu.find(({ action }) => action === 'cancel')?.isEnabled
    expect(cancelEntry({})).toBe(true)
    expect(cancelEntry({}, { isCancelRequested: true })).toBe(false)
    expect(cancelEntry({ state: 'cancelling' })).toBe(false)
  })

  it('is idle without a migration', () => {
    expect(trayModel({ current: null, ...online })).toMatchObject({
      icon: 'idle',
      tooltip: 'Carolina Migrate — no migration running',
    })
  })
})
