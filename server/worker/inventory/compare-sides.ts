import type { ListedObject } from './object-listing.ts'
import { type ListedPair, type Listing, pairBySlices, pairSorted, UnsortedListingError } from './pair-listings.ts'

/** What stands at the destination of what the source holds. Keys are destination keys. */
export interface Comparison {
  readonly totalObjects: number
  readonly totalBytes: number
  readonly presentObjects: number
  readonly presentBytes: number
  /** The first of the objects that are not there, or not the same. */
  readonly missingKeys: readonly string[]
}

export const MAX_NAMED_KEYS = 10
/** About 30 MB of keys. */
const SLICE_SIZE = 100_000

/** Same size, and same MD5 where both ETags are one (those of multipart uploads hold a `-`). */
export function isSameObject(source: ListedObject, destination: ListedObject): boolean {
  if (source.size !== destination.size) return false
  const isComparable = [source.etag, destination.etag].every((etag) => /^[0-9a-f]{32}$/i.test(etag))
  return !isComparable || source.etag.toLowerCase() === destination.etag.toLowerCase()
}

/** Accounts for every object of the source, in constant memory. Throws what the listings throw. */
export async function compareSides(
  source: Listing,
  destination: Listing,
  isPresent: (source: ListedObject, destination: ListedObject) => boolean = isSameObject,
): Promise<Comparison> {
  try {
    return await summarise(pairSorted(source, destination), isPresent)
  } catch (error) {
    if (!(error instanceof UnsortedListingError)) throw error
    return await summarise(pairBySlices(source, destination, SLICE_SIZE), isPresent)
  }
}

async function summarise(
  pairs: AsyncIterable<ListedPair>,
  isPresent: (source: ListedObject, destination: ListedObject) => boolean,
): Promise<Comparison> {
  const sum = { totalObjects: 0, totalBytes: 0, presentObjects: 0, presentBytes: 0 }
  const missingKeys: string[] = []
  for await (const { source, destination } of pairs) {
    sum.totalObjects += 1
    sum.totalBytes += source.size
    if (destination !== null && isPresent(source, destination)) {
      sum.presentObjects += 1
      sum.presentBytes += source.size
    } else if (missingKeys.length < MAX_NAMED_KEYS) {
      missingKeys.push(source.key)
    }
  }
  return { ...sum, missingKeys }
}
