import type { BrowserWindow } from 'electron'
import { describe, expect, it } from 'vitest'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import { openingBounds } from '../../../../src/main/window/window-bounds-rules.ts'
import { windowProgress } from '../../../../src/main/window/progress-bar-rules.ts'
import { createWindowProgressBar } from '../../../../src/main/window/window-progress.ts'
import { current } from '../fakes/views.ts'

const screen = { x: 0, y: 0, width: 1920, height: 1080 }
const second = { x: 1920, y: 0, width: 1280, height: 1024 }

describe('where the window opens', () => {
  it('is 900×640 the first time', () => {
    expect(openingBounds(null, [screen])).toEqual({ width: 900, height: 640 })
  })
  it('is where it was', () => {
    const bounds = { x: 2000, y: 40, width: 1000, height: 700 }
    expect(openingBounds(bounds, [screen, second])).toEqual(bounds)
  })
  it.each([
    ['the screen is gone', { x: 2000, y: 40, width: 1000, height: 700 }],
    ['its title bar is above the screen', { x: 10, y: -50, width: 1000, height: 700 }],
    ['only a sliver would show', { x: 1900, y: 40, width: 1000, height: 700 }],
    ['its title bar is below the screen', { x: 10, y: 1060, width: 1000, height: 700 }],
  ])('is left to the system when %s', (_why, bounds) => {
    expect(openingBounds(bounds, [screen])).toEqual({ width: 900, height: 640 })
  })
  it('is never smaller than the window may be', () => {
    expect(openingBounds({ x: 0, y: 0, width: 10, height: 10 }, [screen])).toMatchObject({ width: 720, height: 560 })
  })
})

describe('B13: bar on dock or taskbar', () => {
  const progress = { ...emptyProgress, copiedBytes: 1, totalBytes: 4, totalObjects: 2 }
  const online = { connectionProblem: null }

  it('follows a live migration and goes with it', () => {
    expect(windowProgress({ current: current({ progress }), ...online })).toEqual({ mode: 'normal', fraction: 0.25 })
    expect(windowProgress({ current: current(), ...online })).toEqual({ mode: 'normal', fraction: null })
    for (const state of ['completed', 'completed-with-exceptions', 'cancelled'] as const) {
      expect(windowProgress({ current: current({ state, progress }), ...online })).toBeNull()
    }
    expect(windowProgress({ current: null, ...online })).toBeNull()
  })

  it('stands still where nothing moves, or nobody knows whether it does', () => {
    const paused = { mode: 'paused', fraction: 0.25 }
    const waiting = { side: 'source', code: 'unreachable', nextTryAt: '2026-11-22T10:00:20.000Z' } as const
    const connectionProblem = { problem: { code: 'api-unreachable' }, since: waiting.nextTryAt } as const
    expect(windowProgress({ current: current({ progress, waiting }), ...online })).toEqual(paused)
    expect(windowProgress({ current: current({ progress, state: 'paused' }), ...online })).toEqual(paused)
    expect(windowProgress({ current: current({ progress }, { handover: 'secret-needed' }), ...online })).toEqual(paused)
    expect(windowProgress({ current: current({ progress }), connectionProblem })).toEqual(paused)
  })

  it('draws a bar without an end while it moves, and a full one that stands while it is halted', () => {
    const drawn: unknown[] = []
    const window = { isFocused: () => false, setProgressBar: (...bar: unknown[]) => drawn.push(bar) }
    const bar = createWindowProgressBar(() => window as unknown as BrowserWindow)
    bar.set(windowProgress({ current: current(), ...online }))
    bar.set(windowProgress({ current: current({ state: 'paused' }), ...online }))
    expect(drawn).toEqual([[2, { mode: 'indeterminate' }], [1, { mode: 'paused' }]])
  })

  it('calls the person to a failure, once', () => {
    const drawn: unknown[] = []
    const window = { isFocused: () => false, setProgressBar: (...bar: unknown[]) => drawn.push(bar) }
    const bar = createWindowProgressBar(() => window as unknown as BrowserWindow)
    const failed = windowProgress({ current: current({ state: 'failed' }), ...online })
    bar.set(windowProgress({ current: current({ progress }), ...online }))
    bar.set(failed)
    bar.windowFocused()
    bar.set(failed)
    expect(drawn).toEqual([[0.25, { mode: 'normal' }], [1, { mode: 'error' }], [-1]])
  })
})
