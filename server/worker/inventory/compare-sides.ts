import { forEachLimited } from './for-each-limited.ts'
import type { ListedObject } from './object-listing.ts'
import { type ListedPair, type Listing, walkPairs } from './pair-listings.ts'

/**
 * `marker-unheld`: an empty folder marker that is not at the destination; it is left out of the totals.
 * `stale` and `missing` are both not there; only a stale one will not be copied unless it is forced.
 */
export type PairVerdict = 'by-checksum' | 'by-size' | 'stale' | 'missing' | 'marker-unheld'

/** May need a request to the store; the listings are then read on meanwhile. */
export type JudgePair = (
  source: ListedObject,
  destination: ListedObject | null,
) => PairVerdict | Promise<PairVerdict>

/** What stands at the destination of what the source holds. Keys are destination keys. */
export interface Comparison {
  readonly totalObjects: number
  readonly totalBytes: number
  readonly presentObjects: number
  readonly presentBytes: number
  /** Of those present. */
  readonly bySizeObjects: number
  /** The first of the objects that are not there, or not the same. */
  readonly missingKeys: readonly string[]
  /** All of the missing that are stale, at most `MAX_STALE_KEYS`. */
  readonly staleKeys: readonly string[]
  /** Of the missing: written at the source after `changedSinceMs`. */
  readonly changedObjects: number
  readonly unheldMarkers: number
  /** The first of them. */
  readonly unheldMarkerKeys: readonly string[]
}

export const MAX_NAMED_KEYS = 10
/** About 30 MB of keys. */
export const MAX_STALE_KEYS = 100_000
/** Requests at once that judge single objects. */
const MAX_JUDGED_AT_ONCE = 32

/** Accounts for every object of the source, in constant memory. Throws what the listings and the judge throw. */
export function compareSides(
  source: Listing,
  destination: Listing,
  judge: JudgePair,
  changedSinceMs = Infinity,
): Promise<Comparison> {
  return walkPairs(source, destination, (pairs) => summarise(pairs, judge, changedSinceMs))
}

async function summarise(
  pairs: AsyncIterable<ListedPair>,
  judge: JudgePair,
  changedSinceMs: number,
): Promise<Comparison> {
  const sum = { totalObjects: 0, totalBytes: 0, presentObjects: 0, presentBytes: 0, bySizeObjects: 0 }
  const missing = { changedObjects: 0, missingKeys: [] as string[], staleKeys: [] as string[] }
  const markers = { unheldMarkers: 0, unheldMarkerKeys: [] as string[] }
  await forEachLimited(pairs, MAX_JUDGED_AT_ONCE, async ({ source, destination }) => {
    const verdict = await judge(source, destination)
    if (verdict === 'marker-unheld') {
      markers.unheldMarkers += 1
      addUpTo(MAX_NAMED_KEYS, markers.unheldMarkerKeys, source.key)
      return
    }
    sum.totalObjects += 1
    sum.totalBytes += source.size
    if (verdict === 'by-checksum' || verdict === 'by-size') {
      sum.presentObjects += 1
      sum.presentBytes += source.size
      if (verdict === 'by-size') sum.bySizeObjects += 1
      return
    }
    addUpTo(MAX_NAMED_KEYS, missing.missingKeys, source.key)
    if (verdict === 'stale') addUpTo(MAX_STALE_KEYS, missing.staleKeys, source.key)
    if (source.lastModifiedMs > changedSinceMs) missing.changedObjects += 1
  })
  return { ...sum, ...missing, ...markers }
}

function addUpTo(limit: number, keys: string[], key: string): void {
  if (keys.length < limit) keys.push(key)
}
