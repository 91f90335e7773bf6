import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PoolClient, QueryResultRow } from 'pg'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { type Database, inTransaction, type Queries } from './pool.ts'

export interface SchemaFile {
  readonly version: number
  readonly name: string
  readonly sql: string
  /** SHA-256 in hex: a file that was applied must not change afterwards. */
  readonly checksum: string
}

export type SchemaProblem =
  | { readonly code: 'file-changed'; readonly name: string }
  /** The database was migrated by a newer release. */
  | { readonly code: 'unknown-version'; readonly name: string }

interface AppliedRow {
  readonly version: number
  readonly name: string
  readonly checksum: string
}

// Any fixed number, the same in every release: who holds it migrates, others wait.
const ADVISORY_LOCK = 7_264_001
// A change of a big table, or the wait for another program's, outlasts what any other query may take.
const ANSWER_TIMEOUT_MS = 3_600_000

/** The numbered files of `migrations/`, in order; the numbers must be 1, 2, 3 … without a gap. */
export function readSchemaFiles(folder = join(import.meta.dirname, 'migrations')): readonly SchemaFile[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  return names.map((name, index) => {
    const version = Number(/^(\d{3})_[a-z0-9_]+\.sql$/.exec(name)?.[1])
    if (version !== index + 1) throw new Error(`${name}: expected number ${String(index + 1).padStart(3, '0')}`)
    const sql = readFileSync(join(folder, name), 'utf8')
    return { version, name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

/**
 * Applies the files that are missing, all in one transaction under an advisory lock, so that any number of
 * programs may call it at once. Returns the names applied.
 */
export function migrate(
  database: Database,
  files = readSchemaFiles(),
): Promise<Result<readonly string[], SchemaProblem>> {
  return inTransaction(database, async (client) => {
    const queries = patiently(client)
    await queries.query('SET LOCAL statement_timeout = 0')
    await queries.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCK])
    await queries.query(`CREATE TABLE IF NOT EXISTS schema_migrations (
      version integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`)
    const status = await compareSchema(queries, files)
    if (!status.ok) return status
    for (const file of status.value) {
      await queries.query(file.sql)
      await queries.query('INSERT INTO schema_migrations (version, name, checksum) VALUES ($1, $2, $3)', [
        file.version,
        file.name,
        file.checksum,
      ])
    }
    return ok(status.value.map((file) => file.name))
  })
}

// `pg` takes the limit per query, which its types do not know.
function patiently(client: PoolClient): Queries {
  return {
    query: <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => {
      const query = { text, query_timeout: ANSWER_TIMEOUT_MS, ...(values === undefined ? {} : { values: [...values] }) }
      return client.query<Row>(query)
    },
  }
}

/** Whether the database has exactly these files; false as well when it was never migrated. */
export async function isSchemaCurrent(queries: Queries, files: readonly SchemaFile[]): Promise<boolean> {
  const { rows } = await queries.query<{ exists: boolean }>(
    `SELECT to_regclass('schema_migrations') IS NOT NULL AS exists`,
  )
  if (rows[0]?.exists !== true) return false
  const status = await compareSchema(queries, files)
  return status.ok && status.value.length === 0
}

async function compareSchema(
  queries: Queries,
  files: readonly SchemaFile[],
): Promise<Result<readonly SchemaFile[], SchemaProblem>> {
  const { rows: applied } = await queries.query<AppliedRow>(
    'SELECT version, name, checksum FROM schema_migrations ORDER BY version',
  )
  for (const row of applied) {
    const file = files.find(({ version }) => version === row.version)
    if (file === undefined) return err({ code: 'unknown-version', name: row.name })
    if (file.checksum !== row.checksum) return err({ code: 'file-changed', name: row.name })
  }
  return ok(files.filter(({ version }) => !applied.some((row) => row.version === version)))
}
