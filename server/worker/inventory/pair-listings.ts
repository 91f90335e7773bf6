import { sortOnDisk } from './disk-sort.ts'
import { compareKeys } from './key-order-rules.ts'
import { explainListingFailure } from './listing-failure-rules.ts'
import { type ListedObject, type Listing, ListingTooLargeError } from './object-listing.ts'
import { ListingFailedError } from './side-listings.ts'

/** A source object (under its destination key) and what the destination holds there. */
export interface ListedPair {
  readonly source: ListedObject
  readonly destination: ListedObject | null
}

/** A store lists in another order than S3's, or names a key twice. */
export class UnsortedListingError extends Error {
  override readonly name = 'UnsortedListingError'
}

/**
 * Walks along all pairs, in S3's order, whatever order the stores list in: what is out of order is sorted on disk.
 * `walk` may be begun a second time, from the first pair on, so it must keep nothing of a walk that failed. Throws
 * what the listings and `walk` throw, and the disk's errors.
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
    return await walk(pairSorted(sorted('source', source), sorted('destination', destination)))
  }
}

function sorted(side: 'source' | 'destination', listing: Listing): Listing {
  return async function* () {
    try {
      yield* sortOnDisk(listing())
    } catch (error) {
      if (!(error instanceof ListingTooLargeError)) throw error
      throw new ListingFailedError(explainListingFailure(error, side), error)
    }
  }
}

/** A store that lists so many keys in order lists all of them so. */
const PROOF_OF_ORDER_KEYS = 10_000

/**
 * Pairs each source object with the destination object of the same key, by one walk along both sorted
 * listings, in constant memory. Destination objects without a source are passed over. Throws
 * `UnsortedListingError` as soon as a listing is out of order; the pairs so far are then worthless.
 */
export async function* pairSorted(source: Listing, destination: Listing): AsyncGenerator<ListedPair> {
  const candidates = inOrder(destination())
  let candidatesRead = 0
  const nextCandidate = async (): Promise<ListedObject | null> => {
    const next = await candidates.next()
    if (next.done === true) return null
    candidatesRead += 1
    return next.value
  }
  try {
    let candidate = await nextCandidate()
    let isAnyMissing = false
    for await (const object of inOrder(source())) {
      while (candidate !== null && compareKeys(candidate.key, object.key) < 0) candidate = await nextCandidate()
      const isThere = candidate?.key === object.key
      isAnyMissing ||= !isThere
      yield { source: object, destination: isThere ? candidate : null }
    }
    // What seems to be missing may come later, out of order.
    while (isAnyMissing && candidate !== null && candidatesRead < PROOF_OF_ORDER_KEYS) candidate = await nextCandidate()
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
