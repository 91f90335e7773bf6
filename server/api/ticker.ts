/** Calls `work` each `tickMs`, or within `soonMs` when asked; never twice at the same time. */
export interface Ticker {
  start(): void
  /** A burst of these makes one call; before the start and after the stop none. */
  soon(): void
  stop(): void
}

export interface TickerOptions {
  readonly tickMs: number
  readonly soonMs: number
  /** Does not reject. */
  readonly work: () => Promise<void>
}

export function createTicker({ tickMs, soonMs, work }: TickerOptions): Ticker {
  let ticking: NodeJS.Timeout | undefined
  let coming: NodeJS.Timeout | undefined
  let isWorking = false
  const run = (): void => {
    coming = undefined
    if (isWorking) return
    isWorking = true
    void work().finally(() => {
      isWorking = false
    })
  }
  return {
    start: () => {
      ticking = setInterval(run, tickMs)
    },
    soon: () => {
      if (ticking === undefined) return
      coming ??= setTimeout(run, soonMs)
    },
    stop: () => {
      clearInterval(ticking)
      clearTimeout(coming)
      ticking = undefined
    },
  }
}
