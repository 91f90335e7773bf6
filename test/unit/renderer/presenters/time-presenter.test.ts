import { describe, expect, it } from 'vitest'
import { formatDuration, formatElapsed } from '../../../../src/renderer/presenters/time-presenter.ts'

describe('times', () => {
  it.each([
    [0, '0:00', '0 s'],
    [7_999, '0:07', '7 s'],
    [727_000, '12:07', '12 min 7 s'],
    [3_727_000, '1:02:07', '1 h 2 min'],
    [7_200_000, '2:00:00', '2 h'],
    [184_329_000, '2 d 03:12:09', '2 d 3 h'],
    [-5, '0:00', '0 s'],
  ])('writes %d ms as %s and %s', (ms, clock, spoken) => {
    expect(formatElapsed(ms)).toBe(clock)
    expect(formatDuration(ms)).toBe(spoken)
  })
})
