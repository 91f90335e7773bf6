import type { PageStart, ReadPage } from '../../../../../../server/worker/inventory/object-listing.ts'
import { listed } from './listed.ts'

/**
 * A store in memory, to drive what real ones do to a listing. It lists in the order given; `StartAfter` begins behind
 * the last key that `isUpTo` takes for no later; tokens go on exactly.
 */
export function modelStore(input: {
  readonly keys: readonly string[]
  readonly pageSize: number
  /** Whether a listed key is passed over by this `StartAfter`. */
  readonly isUpTo: (key: string, startAfter: string) => boolean
  /** Throws for a page that cannot be read. */
  readonly onPage?: (start: PageStart, pages: number) => void
}): { readonly readPage: ReadPage; readonly pagesRead: () => number } {
  const { keys, pageSize } = input
  let pages = 0
  const firstIndex = (start: PageStart): number => {
    if (start.kind === 'token') return Number(start.token)
    if (start.kind === 'first') return 0
    const index = keys.findIndex((key) => !input.isUpTo(key, start.key))
    return index < 0 ? keys.length : index
  }
  return {
    pagesRead: () => pages,
    async readPage(start, signal) {
      await Promise.resolve()
      signal.throwIfAborted()
      input.onPage?.(start, (pages += 1))
      const from = firstIndex(start)
      const to = from + pageSize
      return {
        objects: keys.slice(from, to).map((key) => listed(key)),
        next: to < keys.length ? { kind: 'token', token: String(to) } : null,
      }
    },
  }
}
