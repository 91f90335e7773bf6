import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatDay,
  formatDuration,
  formatElapsed,
  formatExactMoment,
  formatMoment,
  formatRemaining,
  formatTook,
} from '../../../../src/renderer/presenters/time-presenter.ts'

describe('times', () => {
  it.each([
    [0, '0:00', '0 s'],
    [7_999, '0:07', '7 s'],
    [727_000, '12:07', '12 min 7 s'],
    [3_727_000, '1:02:07', '1 h 2 min'],
    [7_200_000, '2:00:00', '2 h'],
    [184_329_000, '2 d 03:12:09', '2 days 3 h'],
    [-5, '0:00', '0 s'],
  ])('writes %d ms as %s and %s', (ms, clock, spoken) => {
    expect(formatElapsed(ms)).toBe(clock)
    expect(formatDuration(ms)).toBe(spoken)
  })
})

describe('B6: when it was', () => {
  const now = new Date(2026, 10, 22, 12, 0).getTime()
  const moment = new Date(2026, 10, 3, 4, 5, 6)
  const lastYear = new Date(2025, 11, 31, 23, 59, 0)

  it('is told with the year once that is another one, in the person’s own time zone', () => {
    expect(formatMoment(moment.toISOString(), now)).toBe('Nov 3, 04:05')
    expect(formatMoment(lastYear.toISOString(), now)).toBe('Dec 31, 2025, 23:59')
  })

  it('is exact to the second where it is asked for, and names the zone', () => {
    expect(formatExactMoment(moment.toISOString())).toMatch(/^Tuesday, November 3, 2026 at 04:05:06 [A-Z]/)
  })

  it.each([
    [0, 'less than a second'],
    [999, 'less than a second'],
    [1_000, '1 s'],
  ])('took %d ms: %s', (ms, text) => expect(formatTook(ms)).toBe(text))
})

describe('B5: time left', () => {
  const minute = 60
  const hour = 60 * minute
  const day = 24 * hour
  it.each([
    [0, 'Less than a minute left'],
    [59, 'Less than a minute left'],
    [minute, 'About 1 min left'],
    [12 * minute + 20, 'About 12 min left'],
    [23 * minute, 'About 25 min left'],
    [58 * minute, 'About an hour left'],
    [4 * hour + 43 * minute, 'About 4 h 40 min left'],
    [5 * hour + 58 * minute, 'About 6 hours left'],
    [9 * hour + 20 * minute, 'About 9 hours left'],
    [23 * hour + 50 * minute, 'About a day left'],
    [27 * hour, 'About a day and 3 hours left'],
    [25 * hour, 'About a day and an hour left'],
    [3 * day, 'About 3 days left'],
    [39 * day + 3 * hour, 'About 39 days left'],
  ])('%d s reads %s', (seconds, text) => expect(formatRemaining(seconds)).toBe(text))

  it('never reads like a clock gone wrong', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * day }), (seconds) => {
        expect(formatRemaining(seconds)).toMatch(/^(Less than a minute|About (an? |[1-9])[a-z0-9 ]+) left$/)
        expect(formatRemaining(seconds)).not.toMatch(/\b60 min|\b24 h|NaN/)
      }),
    )
  })
})

describe('B6: the day of a migration', () => {
  const now = new Date(2026, 10, 22, 9, 0).getTime()
  it.each([
    [new Date(2026, 10, 22, 0, 5), 'Today, 00:05'],
    [new Date(2026, 10, 21, 23, 59), 'Yesterday, 23:59'],
    [new Date(2026, 10, 20, 14, 32), 'Nov 20, 14:32'],
    [new Date(2025, 10, 22, 14, 32), 'Nov 22, 2025'],
  ])('%s reads %s', (day, text) => expect(formatDay(day.toISOString(), now)).toBe(text))

  it('knows yesterday across a new year', () => {
    const newYear = new Date(2027, 0, 1, 1, 0).getTime()
    expect(formatDay(new Date(2026, 11, 31, 22, 0).toISOString(), newYear)).toBe('Yesterday, 22:00')
  })
})
