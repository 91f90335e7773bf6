import { assertNever } from '#shared/domain/assert-never.ts'
import type { ObjectReason } from '#shared/domain/object-outcome.ts'
import type { CopyFailure } from '../rclone/rclone-failure-rules.ts'

type Rule = readonly [reason: ObjectReason, pattern: RegExp]

/** What a store says about one object, and has no failure code of a whole migration. */
const rules: readonly Rule[] = [
  ['key-too-long', /\bKeyTooLong(?:Error)?\b/],
  ['key-refused', /\b(?:(?:XMinio)?InvalidObjectName|InvalidURI)\b/],
  ['object-too-large', /\bEntityTooLarge\b/],
]

/** Why an object could not be copied. */
export function objectReasonOf({ code, message }: CopyFailure): ObjectReason {
  switch (code) {
    case 'archived-object':
    case 'access-denied':
    case 'source-not-found':
    case 'quota-exceeded':
    case 'throttled':
    case 'unreachable':
      return code
    case 'copy-failed':
    // These end a whole copy; the object that met one first has no reason of its own.
    case 'bucket-not-found':
    case 'clock-skew':
    case 'invalid-access-key':
    case 'region-mismatch':
    case 'signature-mismatch':
    case 'tls-untrusted':
      return rules.find(([, pattern]) => pattern.test(message))?.[0] ?? 'copy-failed'
    default:
      return assertNever(code)
  }
}
