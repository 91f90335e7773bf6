/** How many jobs of this worker may copy at once. A job that only waits for its secret needs no slot. */
export interface JobSlots {
  readonly hasFree: () => boolean
  readonly inUse: () => number
  /** Waits for its turn; null when `signal` aborts first. Give the slot back by calling the result, once. */
  readonly take: (signal: AbortSignal) => Promise<(() => void) | null>
}

export function createJobSlots(limit: number): JobSlots {
  let inUse = 0
  const queue: (() => void)[] = []
  const giveBack = (): void => {
    inUse -= 1
    queue.shift()?.()
  }
  return {
    hasFree: () => inUse < limit,
    inUse: () => inUse,
    async take(signal) {
      while (inUse >= limit && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            signal.removeEventListener('abort', leave)
            resolve()
          }
          const leave = (): void => {
            queue.splice(queue.indexOf(wake), 1)
            resolve()
          }
          queue.push(wake)
          signal.addEventListener('abort', leave, { once: true })
        })
      }
      if (signal.aborted) {
        // The turn may have come just now.
        if (inUse < limit) queue.shift()?.()
        return null
      }
      inUse += 1
      return giveBack
    },
  }
}
