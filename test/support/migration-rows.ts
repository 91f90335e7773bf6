import { randomUUID } from 'node:crypto'
import { isTerminal, type MigrationState } from '#shared/domain/migration-state.ts'
import type { Database } from '../../server/db/pool.ts'

export interface AccountRow {
  readonly accountId: string
  readonly bucketId: string
}

/** An account with a personal bucket. */
export async function insertAccount(database: Database): Promise<AccountRow> {
  const [accountId, bucketId] = [randomUUID(), randomUUID()]
  await database.query('INSERT INTO accounts (id, email) VALUES ($1, $2)', [accountId, `${accountId}@example.com`])
  await database.query(
    `INSERT INTO buckets (id, name, scope, account_id, endpoint, region, bucket, access_key_id, secret_ciphertext)
     VALUES ($1, 'b', 'personal', $2, 'https://x', 'r', 'b', 'k', '')`,
    [bucketId, accountId],
  )
  return { accountId, bucketId }
}

/** A row in this state, as some worker's first attempt; of an account of its own unless one is given. */
export async function insertMigration(
  database: Database,
  state: MigrationState,
  lease: { readonly workerId?: string; readonly isOver?: boolean; readonly account?: AccountRow } = {},
): Promise<string> {
  const id = randomUUID()
  const { accountId, bucketId } = lease.account ?? (await insertAccount(database))
  await database.query(
    `INSERT INTO migrations (id, account_id, state, source_endpoint, source_region, source_access_key_id, source_bucket, source_target,
       bucket_id, destination_prefix, cap_bytes_per_second, worker_id, lease_expires_at, attempt, finished_at, failure_code)
     VALUES ($1, $2, $3::text, 'https://s', 'r', 'k', 'b', '{"kind":"bucket"}', $4, 'p/', 1000, $5,
       now() + CASE WHEN $6 THEN interval '-1 second' ELSE interval '1 hour' END, 1,
       CASE WHEN $7 THEN now() END, CASE WHEN $3 = 'failed' THEN 'worker-error' END)`,
    [id, accountId, state, bucketId, lease.workerId ?? null, lease.isOver ?? false, isTerminal(state)],
  )
  return id
}

export async function readMigration(database: Database, id: string): Promise<Record<string, unknown>> {
  const { rows } = await database.query<Record<string, unknown>>('SELECT * FROM migrations WHERE id = $1', [id])
  return rows[0] ?? {}
}
