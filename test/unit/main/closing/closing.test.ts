import { describe, expect, it, vi } from 'vitest'
import { migrationStates } from '#shared/domain/migration-state.ts'
import { createQuitGuard } from '../../../../src/main/closing/quit-guard.ts'
import { type QuitMeaning, quitMeaning } from '../../../../src/main/closing/quit-rules.ts'
import { waitsForPersonWords } from '../../../../src/main/copy/closing-words.ts'
import { createWindowClosing } from '../../../../src/main/closing/window-closing.ts'
import { current } from '../fakes/views.ts'

describe('what quitting means', () => {
  it('B13: nothing without a live migration, and the migration goes on with one', () => {
    expect(quitMeaning(null)).toBe('nothing')
    for (const state of migrationStates) {
      const isOver = ['completed', 'completed-with-exceptions', 'failed', 'cancelled'].includes(state)
      expect(quitMeaning(current({ state }, { handover: 'handed-over' }))).toBe(isOver ? 'nothing' : 'goes-on')
    }
  })

  it('B8: a worker that is about to ask for the secret would wait; one that asks for it anew waits for the person anyway', () => {
    expect(quitMeaning(current({ state: 'queued' }, { handover: 'ready' }))).toBe('waits-for-secret')
    expect(quitMeaning(current({ state: 'awaiting-credentials' }, { handover: 'ready' }))).toBe('waits-for-secret')
    expect(quitMeaning(current({ state: 'awaiting-credentials' }, { handover: 'secret-needed' }))).toBe('waits-for-person')
  })
})

function setUpGuard(meaning: QuitMeaning) {
  const answers: ((isWanted: boolean) => void)[] = []
  const prevented = vi.fn()
  const ask = vi.fn(() => new Promise<boolean>((resolve) => answers.push(resolve)))
  const quit = vi.fn(() => guard.beforeQuit({ preventDefault: prevented }))
  const tellOfQuit = vi.fn<(meaning: QuitMeaning) => void>()
  const guard = createQuitGuard({ meaning: () => meaning, askAboutSecret: ask, tellOfQuit, quit })
  return { guard, quit, ask, prevented, tellOfQuit, answer: (isWanted: boolean) => answers.shift()?.(isWanted) }
}

describe('B8: quitting while the migration stands still', () => {
  it.each([
    [1, 'up to 15 minutes'],
    [2, 'up to 7 days'],
  ])('says how long the worker of attempt %d waits', (attempt, limit) => {
    expect(waitsForPersonWords(attempt).body).toContain(limit)
  })
})

describe('quit guard', () => {
  it.each(['nothing', 'goes-on', 'waits-for-person'] as const)('B13: quits at once when it means %s', (meaning) => {
    const { guard, quit, ask, prevented } = setUpGuard(meaning)
    quit()
    expect([ask.mock.calls, prevented.mock.calls]).toEqual([[], []])
    expect(guard.isQuitting()).toBe(true)
  })

  it.each([
    ['nothing', []],
    ['goes-on', [['goes-on']]],
    ['waits-for-secret', []],
    ['waits-for-person', [['waits-for-person']]],
  ] as const)('S14: when it means %s, says so once where there is something to say', (meaning, told) => {
    const { quit, tellOfQuit } = setUpGuard(meaning)
    quit()
    quit()
    expect(tellOfQuit.mock.calls).toEqual(told)
  })

  it('S14: says nothing while the system shuts down, or where the question has said it', async () => {
    const shutDown = setUpGuard('goes-on')
    shutDown.guard.systemEnds()
    shutDown.quit()
    const asked = setUpGuard('waits-for-secret')
    asked.quit()
    asked.answer(true)
    await vi.waitFor(() => expect(asked.guard.isQuitting()).toBe(true))
    expect([shutDown.tellOfQuit.mock.calls, asked.tellOfQuit.mock.calls]).toEqual([[], []])
  })

  it('B13: asks once, however often Quit is chosen, and stays when asked to', async () => {
    const { guard, quit, ask, prevented, answer } = setUpGuard('waits-for-secret')
    quit()
    quit()
    expect([ask.mock.calls.length, prevented.mock.calls.length]).toEqual([1, 2])
    answer(false)
    await vi.waitFor(() => {
      quit()
      expect(ask).toHaveBeenCalledTimes(2)
    })
    expect(guard.isQuitting()).toBe(false)
    answer(true)
    await vi.waitFor(() => expect(guard.isQuitting()).toBe(true))
  })

  it('S14: an update that starts the app anew is no quit to speak of; one that fails leaves everything as it was', () => {
    const { guard, quit, tellOfQuit } = setUpGuard('goes-on')
    guard.updateRestarts(true)
    expect(guard.isQuitting()).toBe(true)
    guard.updateRestarts(false)
    expect(guard.isQuitting()).toBe(false)
    guard.updateRestarts(true)
    quit()
    expect(tellOfQuit).not.toHaveBeenCalled()
  })

  it('asks nobody while the system shuts down', () => {
    const { guard, quit, ask } = setUpGuard('waits-for-secret')
    guard.systemEnds()
    quit()
    expect([ask.mock.calls.length, guard.isQuitting()]).toEqual([0, true])
  })
})

describe('closing the window', () => {
  function setUp(facts: { isQuitting?: boolean; isKeptInTray?: boolean } = {}) {
    const quit = vi.fn()
    const explainTray = vi.fn()
    let isExplained = false
    const closing = createWindowClosing({
      isQuitting: () => facts.isQuitting ?? false,
      isKeptInTray: () => facts.isKeptInTray ?? true,
      isTrayExplained: () => isExplained,
      setTrayExplained: () => void (isExplained = true),
      explainTray,
      quit,
    })
    return { closing, quit, explainTray }
  }

  it('B13: keeps the app in the tray and says so once ever', () => {
    const { closing, quit, explainTray } = setUp()
    closing.closed()
    closing.closed()
    expect([explainTray.mock.calls.length, quit.mock.calls.length]).toEqual([1, 0])
  })

  it('B13: quits where the person prefers that', () => {
    const { closing, quit, explainTray } = setUp({ isKeptInTray: false })
    closing.closed()
    expect([explainTray.mock.calls.length, quit.mock.calls.length]).toEqual([0, 1])
  })

  it('is silent when the window closes because the app ends', () => {
    const { closing, quit, explainTray } = setUp({ isQuitting: true })
    closing.closed()
    expect([explainTray.mock.calls.length, quit.mock.calls.length]).toEqual([0, 0])
  })
})
