/**
 * What became of one source object (B3). Every object of the source has exactly one outcome in the report.
 */
export const objectOutcomes = [
  'copied',
  /** It was at the destination, the same, before this migration began. */
  'already-there',
  /** A folder marker without content that the destination will not hold; it carries no data. */
  'marker-not-held',
  /** Exceptions: the object is not at the destination, or not the same. */
  'changed',
  'archived',
  'kept-different',
  'failed',
  'missing',
] as const
export type ObjectOutcome = (typeof objectOutcomes)[number]

/**
 * - `changed`: written at the source while the migration ran; what arrived may be an older version.
 * - `archived`: in an archive class and not restored (S17).
 * - `kept-different`: another object was there, and the person chose never to overwrite.
 * - `failed`: could not be copied, for the reason given.
 * - `missing`: not there, and nothing said why.
 */
export const exceptionOutcomes = ['changed', 'archived', 'kept-different', 'failed', 'missing'] as const
export type ExceptionOutcome = (typeof exceptionOutcomes)[number]

export function isException(outcome: ObjectOutcome): outcome is ExceptionOutcome {
  return (exceptionOutcomes as readonly ObjectOutcome[]).includes(outcome)
}

/** By what an object at the destination was found to be the same. `size` is no proof of equal bytes, and is never called one. */
export const comparisons = ['etag', 'md5chksum', 'size'] as const
export type Comparison = (typeof comparisons)[number]

/** Why an object is an exception. Closed: the app has its own words for each. */
export const objectReasons = [
  'archived-object',
  'access-denied',
  /** It was listed and is gone. */
  'source-not-found',
  'changed-during-copy',
  'different-kept',
  /** Destination prefix and key together exceed 1,024 bytes. */
  'key-too-long',
  /** Beyond what one object may hold at the destination (5 TiB). */
  'object-too-large',
  /** The destination does not take this key. */
  'key-refused',
  'quota-exceeded',
  'throttled',
  'unreachable',
  'copy-failed',
  'unknown',
] as const
export type ObjectReason = (typeof objectReasons)[number]

/** What to do with a destination object that differs from the source's. */
export const existingPolicies = ['replace-different', 'never-overwrite'] as const
export type ExistingPolicy = (typeof existingPolicies)[number]
