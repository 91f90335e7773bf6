import type { ListedObject } from './object-listing.ts'

/**
 * What two listings tell about one key at both ends:
 * - `by-checksum`: the same bytes;
 * - `by-size`: the same size, no checksum in common, and the copy is not older than the source;
 * - `stale`: as `by-size`, but the source was written after the copy: it may be another object of equal size;
 * - `other-checksum`: the same size, and two checksums that differ, if they are checksums;
 * - `other-size`.
 */
export type Likeness = 'by-checksum' | 'by-size' | 'stale' | 'other-checksum' | 'other-size'

/** `isEtagOpaque`: the source's ETags are no MD5 even where they look like one (SSE-KMS, SSE-C). */
export function likenessOf(source: ListedObject, destination: ListedObject, isEtagOpaque: boolean): Likeness {
  if (source.size !== destination.size) return 'other-size'
  // No bytes, no difference.
  if (source.size === 0) return 'by-checksum'
  const etags = [source.etag.toLowerCase(), destination.etag.toLowerCase()] as const
  // Also of two multipart uploads with the same parts: the digest of their parts' digests. Other stores give version
  // numbers and the like, which may be equal by chance.
  if (/^[0-9a-f]{32}(?:-\d+)?$/.test(etags[0]) && etags[0] === etags[1]) return 'by-checksum'
  const isComparable = !isEtagOpaque && etags.every((etag) => /^[0-9a-f]{32}$/.test(etag))
  return isComparable ? 'other-checksum' : likenessByAge(source, destination)
}

/** For objects of equal size without a checksum in common. Whole seconds: many stores tell no more. */
export function likenessByAge(source: ListedObject, destination: ListedObject): 'by-size' | 'stale' {
  return seconds(destination) >= seconds(source) ? 'by-size' : 'stale'
}

/** What consoles make for an empty folder. It carries no data, and rclone passes it over. */
export function isFolderMarker({ key, size }: ListedObject): boolean {
  return size === 0 && key.endsWith('/')
}

const seconds = ({ lastModifiedMs }: ListedObject): number => Math.floor(lastModifiedMs / 1000)
