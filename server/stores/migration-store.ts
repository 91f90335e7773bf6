import type { MigrationView } from '#shared/contract/schemas.ts'
import { isTerminal, liveMigrationStates, nextMigrationState, statesAllowing } from '#shared/domain/migration-state.ts'
import { err, ok } from '#shared/domain/result.ts'
import type {
  InsertRefusal,
  MigrationChanges,
  MigrationPage,
  MigrationStore,
  NewMigration,
  PageRequest,
} from './ports.ts'
import { notificationChannels } from '../db/notifications.ts'
import { type Database, inTransaction, type Queries } from '../db/pool.ts'
import { type MigrationRow, migrationViewColumns, toMigrationView } from './migration-row.ts'

const selectView = `SELECT ${migrationViewColumns} FROM migrations m JOIN buckets b ON b.id = m.bucket_id`

// In RETURNING the notification belongs to the change: both happen at commit, or neither.
const notify = (channel: keyof typeof notificationChannels, id: string): string =>
  `pg_notify('${notificationChannels[channel]}', json_build_object('migrationId', ${id})::text)`

const cancelStates = statesAllowing('cancel-requested')
const statesAfterCancel = cancelStates.map((state) => nextMigrationState(state, 'cancel-requested'))

/** The API's side of the migrations: dispatch, read, cancel. The worker's side is `job-store.ts`. */
export function createMigrationStore(database: Database): MigrationStore & MigrationChanges {
  const one = async (text: string, values: readonly unknown[]): Promise<MigrationView | null> => {
    const { rows } = await database.query<MigrationRow>(text, [...values])
    return rows[0] === undefined ? null : toMigrationView(rows[0])
  }
  return {
    insert: async (migration) => {
      try {
        return ok(await inTransaction(database, (queries) => insertWithKey(queries, migration)))
      } catch (error) {
        const refusal = toRefusal(error)
        if (refusal === null) throw error
        return err(refusal)
      }
    },
    findByIdempotencyKey: async (accountId, key) => {
      const { rows } = await database.query<MigrationRow & { request_hash: Buffer }>(
        `SELECT ${migrationViewColumns}, i.request_hash
           FROM idempotency_keys i JOIN migrations m ON m.id = i.migration_id JOIN buckets b ON b.id = m.bucket_id
          WHERE i.account_id = $1 AND i.key = $2`,
        [accountId, key],
      )
      return rows[0] === undefined ? null : { migration: toMigrationView(rows[0]), requestHash: rows[0].request_hash }
    },
    find: (accountId, id) => one(`${selectView} WHERE m.account_id = $1 AND m.id = $2`, [accountId, id]),
    findLive: (accountId) =>
      one(`${selectView} WHERE m.account_id = $1 AND m.state = ANY ($2)`, [accountId, liveMigrationStates]),
    list: (accountId, page) => listPage(database, accountId, page),
    requestCancel: (accountId, id) =>
      one(requestCancelStatement, [
        accountId,
        id,
        cancelStates,
        statesAfterCancel,
        statesAfterCancel.map((state) => state !== null && isTerminal(state)),
      ]),
    relayToWaitingWorker: async (accountId, id, keyId, message) => {
      const { rowCount } = await database.query(
        `SELECT pg_notify('${notificationChannels.secretSealed}', $4) FROM migrations
          WHERE account_id = $1 AND id = $2 AND state = 'awaiting-credentials' AND sealing_key_id = $3`,
        [accountId, id, keyId, message],
      )
      return rowCount === 1
    },
    findNewer: async (watched) => {
      const { rows } = await database.query<MigrationRow>(
        `${selectView} JOIN unnest($1::uuid[], $2::int[]) AS w (id, revision) ON w.id = m.id AND m.revision > w.revision`,
        [watched.map(({ id }) => id), watched.map(({ revision }) => revision)],
      )
      return rows.map(toMigrationView)
    },
  }
}

async function insertWithKey(queries: Queries, migration: NewMigration): Promise<MigrationView> {
  const { source, destination, options } = migration.request
  const { rows } = await queries.query<MigrationRow>(
    `WITH m AS (
       INSERT INTO migrations (id, account_id, source_endpoint, source_region, source_access_key_id, source_bucket,
         source_target, bucket_id, destination_prefix, existing_policy, cap_bytes_per_second)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       RETURNING *, ${notify('migrationQueued', 'id')}, ${notify('migrationChanged', 'id')})
     SELECT ${migrationViewColumns} FROM m JOIN buckets b ON b.id = m.bucket_id`,
    [
      migration.id,
      migration.accountId,
      source.endpoint,
      source.region,
      source.accessKeyId,
      source.bucket,
      JSON.stringify(source.target),
      destination.id,
      destination.prefix,
      options.existing,
      migration.capBytesPerSecond,
    ],
  )
  await queries.query(
    'INSERT INTO idempotency_keys (account_id, key, request_hash, migration_id) VALUES ($1, $2, $3, $4)',
    [migration.accountId, migration.idempotencyKey, migration.requestHash, migration.id],
  )
  const [row] = rows
  if (row === undefined) throw new Error('the inserted migration has no bucket')
  return toMigrationView(row)
}

function toRefusal(error: unknown): InsertRefusal | null {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  if (code !== '23505') return null
  if (constraint === 'migrations_one_live') return { code: 'migration-live' }
  if (constraint === 'idempotency_keys_pkey') return { code: 'idempotency-key-taken' }
  return null
}

/** $3 and $4: the states that allow it and what each becomes; $5: whether that is the end. */
const requestCancelStatement = `
  WITH m AS (
    UPDATE migrations
       SET state = change.next, revision = revision + 1,
           finished_at = CASE WHEN change.ends THEN now() END,
           sealing_key_id = NULL, sealing_public_key = NULL
      FROM unnest($3::text[], $4::text[], $5::boolean[]) AS change (state, next, ends)
     WHERE migrations.account_id = $1 AND migrations.id = $2 AND migrations.state = change.state
    RETURNING migrations.*, ${notify('migrationChanged', 'migrations.id')}, ${notify('cancelRequested', 'migrations.id')})
  SELECT ${migrationViewColumns} FROM m JOIN buckets b ON b.id = m.bucket_id`

/**
 * Newest first. The cursor is the last id of the page before; its row says where to go on. A search reads the
 * account's own migrations in that order until the page is full: they are few, so no index of texts is kept.
 */
async function listPage(queries: Queries, accountId: string, page: PageRequest): Promise<MigrationPage> {
  const { limit, cursor, search } = page
  // PostgreSQL takes no text with it, so no name has one either.
  if (search?.includes('\0') === true) return { migrations: [], nextCursor: null }
  const { rows } = await queries.query<MigrationRow>(
    `${selectView}
      WHERE m.account_id = $1 AND ($3::uuid IS NULL
         OR (m.created_at, m.id) < (SELECT c.created_at, c.id FROM migrations c WHERE c.id = $3 AND c.account_id = $1))
        AND ($4::text IS NULL OR ${['m.source_bucket', 'b.bucket', 'b.name'].map(containsSearch).join(' OR ')})
      ORDER BY m.created_at DESC, m.id DESC LIMIT $2`,
    [accountId, limit + 1, cursor, search],
  )
  const migrations = rows.slice(0, limit).map(toMigrationView)
  return { migrations, nextCursor: rows.length > limit ? (migrations.at(-1)?.id ?? null) : null }
}

// `strpos`, unlike LIKE, knows no wildcards that would have to be escaped.
const containsSearch = (column: string): string =>
  `strpos(lower(${column} COLLATE "und-x-icu"), lower($4 COLLATE "und-x-icu")) > 0`
