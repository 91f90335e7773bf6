import type { ObjectReason } from '#shared/domain/object-outcome.ts'
import { explainListingFailure } from '../inventory/listing-failure-rules.ts'
import type { CopyFailureCode } from '../rclone/rclone-failure-rules.ts'
import { DigestMismatchError, SourceChangedError, StoreError, type StoreSide } from './store-error.ts'

export interface StragglerFailure {
  readonly reason: ObjectReason
  /** The store's words, not redacted. */
  readonly detail: string
  /** Null where no store is to blame. */
  readonly side: StoreSide | null
  /** Another try may help. */
  readonly mayPass: boolean
}

type Rule = readonly [reason: ObjectReason, mayPass: boolean, pattern: RegExp]

/** By the code that a store gives; most are a 400 of some store, which else means that it does not take the key. */
const namedRules: readonly Rule[] = [
  ['copy-failed', true, /^(?:BadDigest|RequestTimeout|IncompleteBody|XAmzContentSHA256Mismatch)$/],
  ['object-too-large', false, /^(?:EntityTooLarge|MaxMessageLengthExceeded)$/],
  ['copy-failed', false, /^(?:MetadataTooLarge|InvalidStorageClass|InvalidDigest|ExpiredToken)$/],
  ['changed-during-copy', false, /^PreconditionFailed$/],
  // Of a HEAD, which has no body to explain itself.
  ['source-not-found', false, /^NotFound$/],
]

/** The codes of whole migrations that are reasons of single objects as well. */
const reasons: Partial<Record<CopyFailureCode, ObjectReason>> = {
  'access-denied': 'access-denied',
  'archived-object': 'archived-object',
  'source-not-found': 'source-not-found',
  'quota-exceeded': 'quota-exceeded',
  throttled: 'throttled',
  unreachable: 'unreachable',
}

/** What one failed try to copy an object means; null for what is no failure of a store but a bug. */
export function explainStragglerFailure(error: unknown): StragglerFailure | null {
  if (error instanceof SourceChangedError) {
    return { reason: 'changed-during-copy', detail: error.message, side: null, mayPass: false }
  }
  if (error instanceof DigestMismatchError) {
    return { reason: 'copy-failed', detail: error.message, side: 'destination', mayPass: true }
  }
  return error instanceof StoreError ? explainStoreError(error) : null
}

function explainStoreError({ side, code, status, cause }: StoreError): StragglerFailure {
  const failure = (reason: ObjectReason, mayPass: boolean): StragglerFailure => ({
    reason,
    detail: `${side}: ${code}: ${cause.message}`,
    side,
    mayPass,
  })
  const named = namedRules.find(([, , pattern]) => pattern.test(code))
  if (named !== undefined) return failure(named[0], named[1])
  if (status === 412) return failure('changed-during-copy', false)
  const general = explainListingFailure(cause, side)
  // A store, or what stands before it, that straightens out paths (`a//b`, `a/../b`) finds another signature.
  const isOtherKey = general.code === 'signature-mismatch' || (general.code === 'copy-failed' && status === 400)
  if (side === 'destination' && isOtherKey) return failure('key-refused', false)
  return failure(reasons[general.code] ?? 'copy-failed', !general.permanent && (status === 0 || status >= 500 || status === 429))
}
