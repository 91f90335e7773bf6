/** What a person has begun to dispatch, as long as they can still leave it. */
export interface PendingDispatches {
  /** For one that begins: aborted when it is stopped. */
  readonly begin: () => AbortSignal
  /** Stops all that have begun. What has gone to the API already is dispatched all the same. */
  readonly stop: () => void
}

export function createPendingDispatches(): PendingDispatches {
  let begun = new AbortController()
  return {
    begin: () => AbortSignal.any([begun.signal]),
    stop: () => {
      begun.abort()
      begun = new AbortController()
    },
  }
}

/** The answer of `task`, or null as soon as it is stopped: a prompt of the keychain does not end with our patience. */
export async function unlessStopped<T>(task: Promise<T>, stopped: AbortSignal): Promise<T | null> {
  const stop = new Promise<null>((resolve) => {
    if (stopped.aborted) resolve(null)
    else stopped.addEventListener('abort', () => resolve(null), { once: true })
  })
  return await Promise.race([task, stop])
}
