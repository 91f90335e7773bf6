/** Tells whoever waits for the connection that it may be back, so that they try now and not when their turn comes. */
export interface ConnectionReturns {
  readonly announce: () => void
  /** Aborts with the next announcement. Taken before a call, it also ends one that is out on a dead line. */
  readonly next: () => AbortSignal
}

export function createConnectionReturns(): ConnectionReturns {
  let awaited = new AbortController()
  return {
    announce: () => {
      const announced = awaited
      awaited = new AbortController()
      announced.abort()
    },
    next: () => awaited.signal,
  }
}
