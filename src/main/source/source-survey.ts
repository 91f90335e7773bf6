import { once } from 'node:events'
import { type DecidedSource, PAGE_KEYS } from './decide-source.ts'
import type { ListedObject, SourceS3 } from './source-s3.ts'

/**
 * Follows the listing behind its first page, one page at a time, until it ends, `over` says so, or a page cannot be
 * had. Returns whether it came to the end; a listing that says "more" without saying where, or at the same place
 * again, has none.
 */
export async function followListing(
  { page, prefix }: Pick<DecidedSource, 'page' | 'prefix'>,
  list: SourceS3['list'],
  over: AbortSignal,
  onPage: (objects: readonly ListedObject[]) => void,
): Promise<boolean> {
  let { isTruncated, nextToken } = page
  const ended = over.aborted ? Promise.resolve() : once(over, 'abort')
  while (isTruncated) {
    if (nextToken === null || over.aborted) return false
    // A page that is late is not waited for.
    const next = await Promise.race([list({ prefix, maxKeys: PAGE_KEYS, after: nextToken }), ended.then(() => null)])
    if (!next?.ok) return false
    onPage(next.value.objects)
    if (next.value.nextToken === nextToken) return false
    ;({ isTruncated, nextToken } = next.value)
  }
  return true
}
