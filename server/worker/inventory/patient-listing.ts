import { pause } from '../pause.ts'
import { ListingFailedError } from './side-listings.ts'
import type { ListingFailure } from './listing-failure-rules.ts'

const MAX_TRIES = 3
const PAUSE_MS = 2_000

export type ListingEnd<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: ListingFailure }
  | { readonly kind: 'stopped' }

/** Reads listings up to three times: a passing trouble of a store must not end a copy that has succeeded. */
export async function readPatiently<T>(
  read: () => Promise<T>,
  ports: { readonly signal: AbortSignal; readonly onRetry: (failure: ListingFailure) => void },
): Promise<ListingEnd<T>> {
  for (let tries = 1; ; tries += 1) {
    try {
      return { kind: 'read', value: await read() }
    } catch (error) {
      if (!(error instanceof ListingFailedError)) throw error
      if (ports.signal.aborted) return { kind: 'stopped' }
      if (error.failure.permanent || tries === MAX_TRIES) return { kind: 'failed', failure: error.failure }
      ports.onRetry(error.failure)
      await pause(PAUSE_MS * tries, ports.signal)
    }
  }
}
