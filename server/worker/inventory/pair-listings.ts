import type { ListedObject } from './object-listing.ts'
import { compareKeys } from './key-order-rules.ts'

/** A source object (under its destination key) and what the destination holds there. */
export interface ListedPair {
  readonly source: ListedObject
  readonly destination: ListedObject | null
}

export type Listing = () => AsyncIterable<ListedObject>

/** A store lists in another order than S3's, or names a key twice. */
export class UnsortedListingError extends Error {
  override readonly name = 'UnsortedListingError'
}

/** About 30 MB of keys. */
const SLICE_SIZE = 100_000

/**
 * Walks along all pairs, in whatever order the stores list. `walk` may be begun a second time, from the first
 * pair on, so it must keep nothing of a walk that failed. Throws what the listings and `walk` throw.
 */
export async function walkPairs<T>(
  source: Listing,
  destination: Listing,
  walk: (pairs: AsyncIterable<ListedPair>) => Promise<T>,
): Promise<T> {
  try {
    return await walk(pairSorted(source, destination))
  } catch (error) {
    if (!(error instanceof UnsortedListingError)) throw error
    return await walk(pairBySlices(source, destination, SLICE_SIZE))
  }
}

/**
 * Pairs each source object with the destination object of the same key, by one walk along both sorted
 * listings, in constant memory. Destination objects without a source are passed over. Throws
 * `UnsortedListingError` as soon as a listing is out of order; the pairs so far are then worthless.
 */
export async function* pairSorted(source: Listing, destination: Listing): AsyncGenerator<ListedPair> {
  const candidates = inOrder(destination())
  const nextCandidate = async (): Promise<ListedObject | null> => {
    const next = await candidates.next()
    return next.done === true ? null : next.value
  }
  try {
    let candidate = await nextCandidate()
    for await (const object of inOrder(source())) {
      while (candidate !== null && compareKeys(candidate.key, object.key) < 0) candidate = await nextCandidate()
      yield { source: object, destination: candidate?.key === object.key ? candidate : null }
    }
  } finally {
    await candidates.return()
  }
}

async function* inOrder(listing: AsyncIterable<ListedObject>): AsyncGenerator<ListedObject, void> {
  let previous: string | null = null
  for await (const object of listing) {
    if (previous !== null && compareKeys(previous, object.key) >= 0)
      throw new UnsortedListingError('a listing is not in S3’s order')
    previous = object.key
    yield object
  }
}

/**
 * The same for stores that list in an order of their own: the keys are dealt into slices that fit into memory,
 * and both listings are read once per slice.
 */
export async function* pairBySlices(
  source: Listing,
  destination: Listing,
  sliceSize: number,
): AsyncGenerator<ListedPair> {
  let count = 0
  for await (const _object of source()) count += 1
  const slices = Math.ceil(count / sliceSize)
  for (let slice = 0; slice < slices; slice += 1) {
    const waiting = new Map<string, ListedObject>()
    for await (const object of source()) if (sliceOf(object.key, slices) === slice) waiting.set(object.key, object)
    for await (const candidate of destination()) {
      const object = waiting.get(candidate.key)
      if (object === undefined) continue
      waiting.delete(candidate.key)
      yield { source: object, destination: candidate }
    }
    for (const object of waiting.values()) yield { source: object, destination: null }
  }
}

/** FNV-1a: spreads keys that differ in one character only. */
function sliceOf(key: string, slices: number): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193)
  return (hash >>> 0) % slices
}
