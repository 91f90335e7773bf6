import { compareKeys } from './key-order-rules.ts'
import { type ListedPage, ListingUnusableError, type PageStart, type ReadPage } from './object-listing.ts'

/** One listing as its pages follow one another, read ahead into a small buffer. */
export interface ListingChain {
  /** The first page that was not taken yet; null behind the last one. Throws what reading it has thrown. */
  readonly peek: () => Promise<ListedPage | null>
  /** Takes the page that `peek` has given. */
  readonly take: () => void
  /** Ends what is under way; nothing may be asked of it any more. */
  readonly close: () => void
}

/** Pages in memory per chain: about 1 MB. */
export const PAGES_AHEAD = 3

/** Stores answer so where a million deleted objects lie in a row; a hostile one without end. */
const MAX_EMPTY_PAGES = 1_000

/** `until`: behind this key nothing is read ahead; null: to the end. */
export function openChain(
  readPage: ReadPage,
  start: PageStart,
  { until, signal }: { readonly until: string | null; readonly signal: AbortSignal },
): ListingChain {
  const closing = new AbortController()
  const ended = AbortSignal.any([signal, closing.signal])
  const pages: ListedPage[] = []
  let next: PageStart | null = start
  let failure: { readonly error: unknown } | null = null
  let lastKey: string | null = null
  let reading: Promise<void> | null = null
  let isAskedFor = false
  let emptyPages = 0

  async function readOne(from: PageStart): Promise<void> {
    try {
      const page = await readPage(from, ended)
      emptyPages = page.objects.length === 0 ? emptyPages + 1 : 0
      if (emptyPages > MAX_EMPTY_PAGES) throw new ListingUnusableError(`${emptyPages} empty pages one after the other`)
      pages.push(page)
      next = page.next
      lastKey = page.objects.at(-1)?.key ?? lastKey
    } catch (error) {
      failure = { error }
    }
    reading = null
    readAhead()
  }
  function readAhead(): void {
    if (reading !== null || next === null || failure !== null || closing.signal.aborted) return
    if (pages.length >= PAGES_AHEAD) return
    const isBehindEnd = until !== null && lastKey !== null && compareKeys(lastKey, until) > 0
    // What is asked for is read in any case.
    if (isBehindEnd && !isAskedFor) return
    reading = readOne(next)
  }

  readAhead()
  return {
    async peek() {
      isAskedFor = true
      while (pages.length === 0) {
        if (failure !== null) throw failure.error
        if (next === null) return null
        readAhead()
        await reading
      }
      isAskedFor = false
      return pages[0] ?? null
    },
    take() {
      pages.shift()
      readAhead()
    },
    close: () => closing.abort(),
  }
}
