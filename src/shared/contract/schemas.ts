import { z } from 'zod'
import { failureCodes } from '../domain/failure-codes.ts'
import { migrationStates } from '../domain/migration-state.ts'
import { exceptionOutcomes, existingPolicies, objectReasons } from '../domain/object-outcome.ts'
import { remainingNotes } from '../domain/progress-model.ts'
import { fieldNames, fieldProblemCodes } from '../domain/text-rules.ts'

const idSchema = z.uuid()
const timeSchema = z.iso.datetime()
const byteCountSchema = z.number().int().nonnegative()

const base64UrlSchema = z.string().regex(/^[A-Za-z0-9_-]+$/)

/**
 * B1: the only request that carries the source secret, as ciphertext for one worker's one-time key
 * (RFC 9180, see `sealed-secret.ts`).
 */
export const sealedSecretSchema = z.strictObject({
  /** Which published key it was sealed to; a stale one is refused. */
  keyId: idSchema,
  encapsulatedKey: base64UrlSchema.min(32).max(128),
  ciphertext: base64UrlSchema.min(22).max(2048),
})
export type SealedSecret = z.infer<typeof sealedSecretSchema>

export const sealingKeySchema = z.strictObject({ keyId: idSchema, publicKey: base64UrlSchema.min(32).max(128) })
export type SealingKey = z.infer<typeof sealingKeySchema>

export const organisationRoles = ['owner', 'admin', 'member'] as const
export const accountViewSchema = z.object({
  id: idSchema,
  email: z.email(),
  organisation: z.object({ id: idSchema, name: z.string(), role: z.enum(organisationRoles) }).nullable(),
  /** S11: under which cap a migration that is started now will run. */
  capBytesPerSecond: z.number().int().positive(),
})
export type AccountView = z.infer<typeof accountViewSchema>

export const destinationScopes = ['personal', 'organisation', 'project'] as const
/** S3: a bucket this account may see. `isDispatchAllowed` is a courtesy; the dispatch itself decides (S8). */
export const destinationViewSchema = z.object({
  id: idSchema,
  name: z.string(),
  bucket: z.string(),
  scope: z.enum(destinationScopes),
  organisationName: z.string().nullable(),
  isDispatchAllowed: z.boolean(),
})
export type DestinationView = z.infer<typeof destinationViewSchema>

export const migrationFailureSchema = z.object({
  code: z.enum(failureCodes),
  side: z.enum(['source', 'destination', 'worker']),
  message: z.string(),
  exitCode: z.number().int().nullable(),
})

export const migrationProgressSchema = z.object({
  copiedBytes: byteCountSchema,
  copiedObjects: byteCountSchema,
  totalBytes: byteCountSchema.nullable(),
  totalObjects: byteCountSchema.nullable(),
  bytesPerSecond: z.number().nonnegative().nullable(),
  verifiedObjects: byteCountSchema.nullable(),
  remainingSeconds: z.number().int().nonnegative().nullable(),
  remainingNote: z.enum(remainingNotes).nullable(),
})

const amountSchema = z.object({ objects: byteCountSchema, bytes: byteCountSchema })

/** What the worker's own listing of the source has found; there once it has ended. */
export const inventorySchema = z.object({
  /** Largest first, at most 20; `STANDARD` where the store names none. */
  storageClasses: z.array(amountSchema.extend({ storageClass: z.string().max(64) })).max(20),
  /** In an archive class and not restored. */
  archived: amountSchema,
  /** Which rclone cannot carry: the worker copies them itself. */
  oddKeys: amountSchema,
})
export type SourceInventory = z.infer<typeof inventorySchema>

/** B3: the account of every source object, at the end. */
export const verificationSchema = z.object({
  copied: amountSchema,
  alreadyThere: amountSchema,
  /** Of the copied and already there: the same by MD5 (ETag, or rclone's md5chksum). */
  byChecksumObjects: byteCountSchema,
  /** Of the copied and already there: only the size could be compared. */
  bySizeObjects: byteCountSchema,
  markersNotHeld: byteCountSchema,
  exceptions: z.object(
    Object.fromEntries(exceptionOutcomes.map((outcome) => [outcome, amountSchema])) as Record<
      (typeof exceptionOutcomes)[number],
      typeof amountSchema
    >,
  ),
})
export type Verification = z.infer<typeof verificationSchema>

const reportFileSchema = z.object({ bytes: byteCountSchema, sha256: z.string().regex(/^[0-9a-f]{64}$/) })
/** The full report: one row per source object, as a file in either format. The digests are of those files. */
export const reportFactsSchema = z.object({ rows: byteCountSchema, csv: reportFileSchema, json: reportFileSchema })
export type ReportFacts = z.infer<typeof reportFactsSchema>

/** One object that did not make it, as listed on the card. */
export const objectExceptionSchema = z.object({
  key: z.string(),
  bytes: byteCountSchema,
  outcome: z.enum(exceptionOutcomes),
  reason: z.enum(objectReasons),
  /** The store's or rclone's own words, redacted; may be empty. */
  detail: z.string(),
})
export type ObjectException = z.infer<typeof objectExceptionSchema>

/** Nothing moves because one end does not answer; the worker tries again by itself. */
export const waitingSchema = z.object({
  side: z.enum(['source', 'destination']),
  code: z.enum(failureCodes),
  nextTryAt: timeSchema,
})
export type Waiting = z.infer<typeof waitingSchema>

/** The course of the whole copy in at most 60 samples, oldest first; `secondsPerSample` doubles as it grows. */
export const throughputSchema = z.object({
  secondsPerSample: z.number().int().positive(),
  bytesPerSecond: z.array(z.number().int().nonnegative()).max(60),
})
export type Throughput = z.infer<typeof throughputSchema>

export const migrationViewSchema = z.object({
  id: idSchema,
  /** Grows by one with each change of the migration; the id of its event. */
  revision: z.number().int().positive(),
  state: z.enum(migrationStates),
  source: z.object({
    endpoint: z.string(),
    region: z.string(),
    accessKeyId: z.string(),
    bucket: z.string(),
    target: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('bucket') }),
      z.object({ kind: z.literal('folder'), prefix: z.string() }),
      z.object({ kind: z.literal('object'), key: z.string() }),
    ]),
  }),
  destination: z.object({
    id: idSchema,
    name: z.string(),
    bucket: z.string(),
    scope: z.enum(destinationScopes),
    prefix: z.string(),
  }),
  options: z.object({ existing: z.enum(existingPolicies) }),
  capBytesPerSecond: z.number().int().positive(),
  progress: migrationProgressSchema,
  throughput: throughputSchema.nullable(),
  waiting: waitingSchema.nullable(),
  inventory: inventorySchema.nullable(),
  /** Present once a comparison of both sides has decided how the migration ended. */
  verification: verificationSchema.nullable(),
  /** Present with the report; a report may have been removed since (see docs/operations.md). */
  report: reportFactsSchema.nullable(),
  /** Present while a worker waits for the secret. */
  sealingKey: sealingKeySchema.nullable(),
  /** How often a worker began this migration; above 1 an earlier one was lost. */
  attempt: z.number().int().nonnegative(),
  failure: migrationFailureSchema.nullable(),
  createdAt: timeSchema,
  /** When bytes began to flow; elapsed time counts from here. */
  startedAt: timeSchema.nullable(),
  finishedAt: timeSchema.nullable(),
})
export type MigrationView = z.infer<typeof migrationViewSchema>

export const logLineSchema = z.object({
  sequence: z.number().int().positive(),
  at: timeSchema,
  level: z.enum(['info', 'warning', 'error']),
  text: z.string(),
})
export type LogLine = z.infer<typeof logLineSchema>

export const fieldErrorSchema = z.object({
  /** JSON pointer into the request body, e.g. `/source/bucket`. */
  pointer: z.string(),
  /** The wizard's field, when the pointer names one. */
  field: z.enum(fieldNames).nullable(),
  code: z.enum([...fieldProblemCodes, 'malformed']),
  detail: z.string(),
})
export type FieldError = z.infer<typeof fieldErrorSchema>
