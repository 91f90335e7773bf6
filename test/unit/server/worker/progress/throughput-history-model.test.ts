import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createThroughputHistory,
  MAX_SAMPLES,
} from '../../../../../server/worker/progress/throughput-history-model.ts'

function historyOf(steps: Iterable<readonly [seconds: number, bytes: number]>) {
  const history = createThroughputHistory()
  for (const [seconds, bytes] of steps) history.add(seconds, bytes)
  return history.current()
}
const seconds = (count: number, bytes: number) => Array.from({ length: count }, () => [1, bytes] as const)

describe('the history of a copy’s throughput', () => {
  test('B5: nothing is told before the first second is whole', () => {
    expect(historyOf([])).toBeNull()
    expect(historyOf([[0.4, 10]])).toBeNull()
    expect(historyOf([[0.4, 10], [0.7, 30]])?.bytesPerSecond).toHaveLength(1)
  })

  test('B5: the whole copy stays in it; samples become longer, and bytes are not lost', () => {
    expect(historyOf(seconds(60, 100))).toEqual({ secondsPerSample: 1, bytesPerSecond: Array(60).fill(100) })
    expect(historyOf(seconds(62, 100))).toEqual({ secondsPerSample: 2, bytesPerSecond: Array(31).fill(100) })
    expect(historyOf([...seconds(100, 0), ...seconds(100, 40)])).toEqual({
      secondsPerSample: 4,
      bytesPerSecond: [...Array<number>(25).fill(0), ...Array<number>(25).fill(40)],
    })
  })

  test('B8: time in which nothing came is in it as nothing', () => {
    const history = historyOf([...seconds(10, 50), ...seconds(20, 0), ...seconds(10, 50)])
    expect(history?.bytesPerSecond.slice(8, 32)).toEqual([50, 50, ...Array<number>(20).fill(0), 50, 50])
  })

  test('B5: what came in one report after some seconds is spread over them', () => {
    expect(historyOf([[4, 400]])?.bytesPerSecond).toEqual([100, 100, 100, 100])
  })

  test('B5: days of copying are at most sixty samples, whose sum is what was copied', () => {
    const step = fc.tuple(fc.double({ min: 0, max: 100_000, noNaN: true }), fc.nat(1_000_000_000))
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 100 }), (steps) => {
        const current = historyOf(steps)
        const passed = steps.reduce((total, [elapsed]) => total + elapsed, 0)
        if (current === null) {
          expect(passed).toBeLessThan(1.001)
          return
        }
        const { secondsPerSample, bytesPerSecond } = current
        expect(bytesPerSecond.length).toBeLessThanOrEqual(MAX_SAMPLES)
        expect(Math.log2(secondsPerSample) % 1).toBe(0)
        expect(Math.abs(bytesPerSecond.length * secondsPerSample - passed)).toBeLessThanOrEqual(secondsPerSample)
        expect(bytesPerSecond.every((rate) => Number.isInteger(rate) && rate >= 0)).toBe(true)
        const bytes = steps.reduce((total, [, moved]) => total + moved, 0)
        const told = bytesPerSecond.reduce((total, rate) => total + rate * secondsPerSample, 0)
        expect(told).toBeLessThanOrEqual(bytes + bytesPerSecond.length * secondsPerSample)
      }),
    )
  })
})
