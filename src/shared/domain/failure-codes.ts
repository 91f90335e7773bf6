/** Why a migration ended as `failed`. Closed: the app has its own words for each (rows E1-E9, S17, B8). */
export const failureCodes = [
  'invalid-access-key',
  'signature-mismatch',
  'access-denied',
  'region-mismatch',
  'bucket-not-found',
  'source-not-found',
  'archived-object',
  'quota-exceeded',
  'unreachable',
  'tls-untrusted',
  'clock-skew',
  'throttled',
  'copy-failed',
  'objects-missing',
  'credentials-not-received',
  'credentials-unreadable',
  'worker-error',
] as const
export type FailureCode = (typeof failureCodes)[number]

export interface MigrationFailure {
  readonly code: FailureCode
  /** Which end refused. */
  readonly side: 'source' | 'destination' | 'worker'
  /** The worker's own error text, redacted, for "Details". */
  readonly message: string
  /** As rclone's command line would have exited: 1 errors, 3 not found; null when rclone never ran. */
  readonly exitCode: number | null
}
