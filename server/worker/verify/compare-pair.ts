import { assertNever } from '#shared/domain/assert-never.ts'
import type { Comparison } from '#shared/domain/object-outcome.ts'
import { likenessByAge, likenessOf } from '../inventory/likeness-rules.ts'
import type { ListedObject } from '../inventory/object-listing.ts'
import type { ListedPair } from '../inventory/pair-listings.ts'

/**
 * What a comparison of one source object with the destination finds.
 * - `same`: and by what it was found so;
 * - `stale`: the same size, no checksum in common, and the source was written later: it may be an older version;
 * - `different`: another size or another checksum;
 * - `absent`.
 */
export type PairFinding =
  | { readonly kind: 'same'; readonly comparison: Comparison }
  | { readonly kind: 'stale' | 'different' | 'absent' }

/** One question to the stores about one object, by destination key. They throw `ListingFailedError`. */
export interface ObjectQuestions {
  /** Whether the ETag of either side is no MD5, although it looks like one. */
  readonly hasOpaqueEtag: (key: string) => Promise<boolean>
  /** The MD5 that rclone has left with a multipart upload, in hexadecimal digits; null when there is none. */
  readonly uploadedMd5: (key: string) => Promise<string | null>
}

export interface PairComparison extends ObjectQuestions {
  /** Of the source, see `likenessOf`. */
  readonly isEtagOpaque: boolean
  /** By how much the destination's clock is ahead of the source's; told by their answers. */
  readonly clockDifferenceMs: () => number
}

const same = (comparison: Comparison): PairFinding => ({ kind: 'same', comparison })
const different: PairFinding = { kind: 'different' }

/** Makes no request, and then no promise, where the two listings tell enough. */
export function comparePair(pair: ListedPair, context: PairComparison): PairFinding | Promise<PairFinding> {
  const { source } = pair
  if (pair.destination === null) return { kind: 'absent' }
  const destination = onSourceClock(pair.destination, context.clockDifferenceMs())
  const likeness = likenessOf(source, destination, context.isEtagOpaque)
  switch (likeness) {
    case 'other-size':
      return different
    case 'by-checksum':
      // Of two empty objects no checksum needs to be known; then none is claimed.
      return same(haveOneDigest(source.etag, destination.etag) ? 'etag' : 'size')
    case 'other-checksum':
      return unlessOpaque(source, destination, context)
    case 'by-size':
    case 'stale':
      return !context.isEtagOpaque && isMd5(source.etag) && isMultipart(destination.etag)
        ? compareUploadedMd5(source, destination, context)
        : byAge(source, destination)
    default:
      return assertNever(likeness)
  }
}

async function compareUploadedMd5(
  source: ListedObject,
  destination: ListedObject,
  context: PairComparison,
): Promise<PairFinding> {
  const md5 = await context.uploadedMd5(source.key)
  if (md5 === null) return byAge(source, destination)
  return md5 === source.etag.toLowerCase() ? same('md5chksum') : unlessOpaque(source, destination, context)
}

/** Two MD5s that differ mean two contents, if both are one. */
async function unlessOpaque(
  source: ListedObject,
  destination: ListedObject,
  context: PairComparison,
): Promise<PairFinding> {
  return (await context.hasOpaqueEtag(source.key)) ? byAge(source, destination) : different
}

function byAge(source: ListedObject, destination: ListedObject): PairFinding {
  return likenessByAge(source, destination) === 'stale' ? { kind: 'stale' } : same('size')
}

const onSourceClock = (object: ListedObject, aheadMs: number): ListedObject =>
  aheadMs === 0 ? object : { ...object, lastModifiedMs: object.lastModifiedMs - aheadMs }

/** What does not look like a digest may be equal by chance: a version number, say. */
const haveOneDigest = (a: string, b: string): boolean =>
  a.toLowerCase() === b.toLowerCase() && (isMd5(a) || isMultipart(a))
const isMd5 = (etag: string): boolean => /^[0-9a-f]{32}$/i.test(etag)
const isMultipart = (etag: string): boolean => /^[0-9a-f]{32}-\d+$/i.test(etag)
