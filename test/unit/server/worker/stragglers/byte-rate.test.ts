import { describe, expect, test } from 'vitest'
import { KIB, MIB } from '#shared/domain/units.ts'
import { createByteRate } from '../../../../../server/worker/stragglers/byte-rate.ts'

const { signal } = new AbortController()

/** A clock that moves by pauses only; timers come `lateMs` late, as real ones do. */
function fakeClock(lateMs = 0) {
  const clock = {
    nowMs: 0,
    now: () => clock.nowMs,
    pause(ms: number) {
      clock.nowMs += ms + lateMs
      return Promise.resolve()
    },
  }
  return clock
}

describe('S11: the rate of what the worker copies itself', () => {
  test.each([0, 1, 5])('takes as long as it must, with timers %d ms late', async (lateMs) => {
    const clock = fakeClock(lateMs)
    const rate = createByteRate(10 * MIB, clock)
    for (let sent = 0; sent < 100 * MIB; sent += 64 * KIB) await rate.take(64 * KIB, signal)

    expect(clock.nowMs).toBeGreaterThanOrEqual(10_000)
    expect(clock.nowMs).toBeLessThan(10_000 * 1.01)
  })

  test('is one for all that take from it', async () => {
    const clock = fakeClock()
    const rate = createByteRate(1 * MIB, clock)
    const end = await Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let chunk = 0; chunk < 16; chunk += 1) await rate.take(64 * KIB, signal)
        return clock.nowMs
      }),
    )

    expect(Math.max(...end)).toBeGreaterThanOrEqual(16_000)
  })

  test('what was not used in a quiet time is not made up for', async () => {
    const clock = fakeClock()
    const rate = createByteRate(1 * MIB, clock)
    clock.nowMs += 60_000
    await rate.take(1 * MIB, signal)

    expect(clock.nowMs).toBeGreaterThan(60_900)
  })

  test('a stop ends the wait at once', async () => {
    const stop = new AbortController()
    const taking = createByteRate(1).take(1 * MIB, stop.signal)
    stop.abort()

    await expect(taking).resolves.toBeUndefined()
  })
})
