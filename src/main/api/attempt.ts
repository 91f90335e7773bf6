import { setTimeout as wait } from 'node:timers/promises'

/** One stretch of work that something newer may end. Asked after every await, because it may have ended meanwhile. */
export interface Attempt {
  readonly isOver: () => boolean
  readonly signal: AbortSignal
  readonly end: () => void
  /** Returns after `ms`, or at once when the attempt ends or `wakeUp` aborts. */
  readonly pause: (ms: number, wakeUp?: AbortSignal) => Promise<void>
}

export function createAttempt(): Attempt {
  const controller = new AbortController()
  const { signal } = controller
  return {
    isOver: () => signal.aborted,
    signal,
    end: () => controller.abort(),
    pause: async (ms, wakeUp) => {
      const ends = wakeUp === undefined ? signal : AbortSignal.any([signal, wakeUp])
      await wait(ms, undefined, { signal: ends }).catch(() => undefined)
    },
  }
}
