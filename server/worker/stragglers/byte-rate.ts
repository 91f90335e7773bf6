import { pause } from '../pause.ts'

export interface ByteRate {
  /** Resolves when so many more bytes may go, or at once when `signal` aborts. */
  readonly take: (bytes: number, signal: AbortSignal) => Promise<void>
}

export interface RateClock {
  /** Monotonic milliseconds. */
  readonly now: () => number
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
}

/** What was not used may be made up for: timers are late by milliseconds, and the rate is to be kept all the same. */
const MAX_CREDIT_MS = 50

/** S11: one rate for all that takes from it. In any time span no more goes than the rate allows, and the credit. */
export function createByteRate(
  bytesPerSecond: number,
  clock: RateClock = { now: () => performance.now(), pause },
): ByteRate {
  let freeAtMs = clock.now()
  return {
    async take(bytes, signal) {
      const nowMs = clock.now()
      freeAtMs = Math.max(freeAtMs, nowMs - MAX_CREDIT_MS) + (bytes / bytesPerSecond) * 1000
      if (freeAtMs > nowMs) await clock.pause(freeAtMs - nowMs, signal)
    },
  }
}
