import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { progressAnnouncement } from '../../../../src/renderer/copy/migration.ts'
import { nextToTell, nothingTold, type ToldProgress } from '../../../../src/renderer/presenters/progress-announcement-model.ts'

const SECOND = 1000
const copying = (percent: number | null, toldAtMs = 0): ToldProgress => ({ phase: 'copying', percent, toldAtMs })

describe('what a screen reader is told of the progress (B13)', () => {
  it('tells another phase at once', () => {
    expect(nextToTell(copying(40), 'verifying', 99, SECOND)).toEqual({ phase: 'verifying', percent: null, toldAtMs: SECOND })
    expect(nextToTell(nothingTold, 'sizing', null, SECOND)).toEqual({ phase: 'sizing', percent: null, toldAtMs: SECOND })
  })

  it('tells the percents by tens', () => {
    const told = copying(30)
    expect(nextToTell(told, 'copying', 39, 60 * SECOND)).toBe(told)
    expect(nextToTell(told, 'copying', 47, 60 * SECOND)).toEqual(copying(40, 60 * SECOND))
  })

  it('does not speak again within twenty seconds for percents alone', () => {
    const told = copying(30)
    expect(nextToTell(told, 'copying', 80, 19 * SECOND)).toBe(told)
    expect(nextToTell(told, 'copying', 80, 20 * SECOND)).toEqual(copying(80, 20 * SECOND))
  })

  it('speaks at most ten times of one phase, and never of less than before, however it ticks', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 90 * SECOND }))), (ticks) => {
        let told = nextToTell(nothingTold, 'copying', null, 0)
        let now = 0
        const spoken: number[] = []
        for (const [percent, passedMs] of ticks) {
          now += passedMs
          const next = nextToTell(told, 'copying', percent, now)
          if (next !== told) spoken.push(next.percent ?? -1)
          told = next
        }
        expect(spoken).toEqual([...new Set(spoken)].sort((a, b) => a - b))
        expect(spoken.length).toBeLessThanOrEqual(10)
      }),
    )
  })

  it('says it in words', () => {
    expect(progressAnnouncement(nothingTold)).toBe('')
    expect(progressAnnouncement(copying(null))).toBe('Copying')
    expect(progressAnnouncement(copying(40))).toBe('Copying, 40%')
    expect(progressAnnouncement({ phase: 'completed', percent: null })).toBe('Migration complete')
  })
})
