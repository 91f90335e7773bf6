import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRateMeter } from '../../../../../server/worker/rclone/rate-meter-model.ts'

describe('createRateMeter', () => {
  it('tells the speed of the last five seconds', () => {
    const meter = createRateMeter()
    expect(meter.add(0, 0)).toBe(0)
    expect(meter.add(1_000, 100)).toBe(100)
    expect(meter.add(5_000, 100)).toBe(20)
    expect(meter.add(9_000, 100)).toBe(0)
  })

  it('is never negative nor infinite, also when totals or clocks jump back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20_000), fc.nat(1_000))), (samples) => {
        const meter = createRateMeter()
        for (const [atMs, total] of samples) {
          const rate = meter.add(atMs, total)
          expect(Number.isFinite(rate) && rate >= 0).toBe(true)
        }
      }),
    )
  })
})
