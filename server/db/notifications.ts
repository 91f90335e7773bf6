/**
 * The LISTEN/NOTIFY channels between API and workers (one PostgreSQL is all that stands between them).
 * Payloads are JSON texts below PostgreSQL's 8,000-byte limit.
 */
export const notificationChannels = {
  /** `{ migrationId }`: a job may be claimed. */
  migrationQueued: 'migration_queued',
  /** `{ migrationId, sealed: SealedSecret }`: the ciphertext for the worker that published `sealed.keyId`. */
  secretSealed: 'migration_secret_sealed',
  /** `{ migrationId }`: stop this job. */
  cancelRequested: 'migration_cancel_requested',
  /** `{ migrationId }`: the row has changed; the API's event streams look sooner. */
  migrationChanged: 'migration_changed',
} as const
