import type { CreateMigration } from '#shared/contract/create-migration.ts'
import type { AccountView, DestinationView, LogLine, MigrationView, ObjectException } from '#shared/contract/schemas.ts'
import type { Result } from '#shared/domain/result.ts'

/** An account as the database knows it; the cap is the service's. */
export type Account = Omit<AccountView, 'capBytesPerSecond'>

/** Who is calling: the API key's account. */
export interface Caller {
  readonly keyId: string
  readonly account: Account
}

export interface CallerStore {
  /** By the SHA-256 of each key, in one query; the answer has, by hash in hex, those known and not revoked. */
  findByKeyHashes(keyHashes: readonly Buffer[]): Promise<ReadonlyMap<string, Caller>>
  /** Those of the keys that may still call, in one query. */
  findStandingKeys(keyIds: readonly string[]): Promise<ReadonlySet<string>>
}

export type Destination = Omit<DestinationView, 'isDispatchAllowed'>

export interface DestinationStore {
  /** S3: the account's own buckets and those of its organisation, in a stable order. */
  listVisible(accountId: string): Promise<readonly Destination[]>
  findVisible(accountId: string, id: string): Promise<Destination | null>
}

export interface NewMigration {
  readonly id: string
  readonly accountId: string
  readonly request: CreateMigration
  readonly capBytesPerSecond: number
  readonly idempotencyKey: string
  /** SHA-256 of the request, to tell a repetition from another request under the same key. */
  readonly requestHash: Buffer
}

export type InsertRefusal =
  /** S7: the partial unique index said no. */
  | { readonly code: 'migration-live' }
  /** Another call with the same Idempotency-Key was first. */
  | { readonly code: 'idempotency-key-taken' }

export interface PageRequest {
  readonly limit: number
  /** `nextCursor` of the page before. */
  readonly cursor: string | null
  /** A part of the source's or destination's bucket or of the destination's name, in any case; null for all. */
  readonly search: string | null
}

export interface MigrationPage {
  readonly migrations: readonly MigrationView[]
  /** The id of the last one when there are more. */
  readonly nextCursor: string | null
}

/** Reads and writes are bound to the account: another account's migration does not exist for it. */
export interface MigrationStore {
  insert(migration: NewMigration): Promise<Result<MigrationView, InsertRefusal>>
  findByIdempotencyKey(
    accountId: string,
    key: string,
  ): Promise<{ migration: MigrationView; requestHash: Buffer } | null>
  find(accountId: string, id: string): Promise<MigrationView | null>
  findLive(accountId: string): Promise<MigrationView | null>
  list(accountId: string, page: PageRequest): Promise<MigrationPage>
  /** Null when no state allows it now, or there is no such migration. */
  requestCancel(accountId: string, id: string): Promise<MigrationView | null>
  /** Passes `message` to the worker that published `keyId`, without keeping it; false when none waits under that key. */
  relayToWaitingWorker(accountId: string, id: string, keyId: string, message: string): Promise<boolean>
}

export interface LogStore {
  /** The newest lines after `after`, at most `limit`, oldest first. */
  readTail(migrationId: string, after: number, limit: number): Promise<readonly LogLine[]>
}

export interface ReportStore {
  /** In the report's order; empty when nothing was verified. */
  listExceptions(migrationId: string): Promise<readonly ObjectException[]>
  /** A part of the report as `server/report` packed it, from 0; null after the last. */
  readChunk(migrationId: string, number: number): Promise<Uint8Array | null>
}

export interface WatchedRevision {
  readonly id: string
  readonly revision: number
}

export interface MigrationChanges {
  /** Those of the watched that have moved on, in one query. */
  findNewer(watched: readonly WatchedRevision[]): Promise<readonly MigrationView[]>
}
