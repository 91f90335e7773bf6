import { describe, expect, it } from 'vitest'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import { openingBounds } from '../../../../src/main/window/window-bounds-rules.ts'
import { windowProgress } from '../../../../src/main/window/progress-bar-rules.ts'
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
  it('follows a live migration and goes with it', () => {
    const progress = { ...emptyProgress, copiedBytes: 1, totalBytes: 4, totalObjects: 2 }
    expect(windowProgress({ current: current({ progress }) })).toBe(0.25)
    expect(windowProgress({ current: current() })).toBe('indeterminate')
    expect(windowProgress({ current: current({ state: 'completed', progress }) })).toBeNull()
    expect(windowProgress({ current: current({ state: 'completed-with-exceptions', progress }) })).toBeNull()
    expect(windowProgress({ current: null })).toBeNull()
  })
})
