import type { ObjectReason } from '#shared/domain/object-outcome.ts'
import { MAX_LISTED_KEY_BYTES } from './inventory/object-listing.ts'

export interface ObjectFailure {
  readonly reason: ObjectReason
  /** Redacted words of the store or of rclone. */
  readonly detail: string
}

/** Why single objects could not be copied, by source key, until the verification accounts for them. */
export interface ObjectFailures {
  readonly note: (sourceKey: string, failure: ObjectFailure) => void
  readonly find: (sourceKey: string) => ObjectFailure | null
  readonly keysOf: (reason: ObjectReason) => readonly string[]
  /** Others may have failed that are not kept. */
  readonly isFull: () => boolean
  /** It has arrived after all. */
  readonly forget: (sourceKey: string) => void
}

/**
 * About 30 MB; 150 MB of the longest keys and words. Beyond it an object is still accounted for, as failed for an
 * `unknown` reason.
 */
const MAX_KEPT = 50_000
const MAX_DETAIL_LENGTH = 500
/** Of archived ones, which come by the million and mostly show in the listing as well: they leave room for others. */
const ARCHIVED_SHARE = 0.5

export function createObjectFailures(maxKept = MAX_KEPT): ObjectFailures {
  const failures = new Map<string, ObjectFailure>()
  let isFull = false
  return {
    note(sourceKey, failure) {
      // No listed object has such a key: nobody will ask.
      if (Buffer.byteLength(sourceKey) > MAX_LISTED_KEY_BYTES) return
      const room = failure.reason === 'archived-object' ? maxKept * ARCHIVED_SHARE : maxKept
      if (failures.size < room || failures.has(sourceKey)) {
        failures.set(sourceKey, { ...failure, detail: cut(failure.detail) })
      } else {
        isFull = true
      }
    },
    find: (sourceKey) => failures.get(sourceKey) ?? null,
    keysOf: (reason) => [...failures].filter(([, failure]) => failure.reason === reason).map(([key]) => key),
    isFull: () => isFull,
    forget: (sourceKey) => void failures.delete(sourceKey),
  }
}

/** As a string of its own: a slice would keep the whole of what a hostile store may have said. */
const cut = (detail: string): string =>
  detail.length > MAX_DETAIL_LENGTH ? Buffer.from(detail.slice(0, MAX_DETAIL_LENGTH)).toString() : detail
