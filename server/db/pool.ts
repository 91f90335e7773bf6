import pg from 'pg'
import type { Secret } from '#shared/domain/secret.ts'

/** What stores need of a pool or of one connection in a transaction. */
export interface Queries {
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<pg.QueryResult<Row>>
}

export type Database = pg.Pool

export interface DatabaseOptions {
  /** May hold the password. */
  readonly databaseUrl: Secret
  /** Shown by PostgreSQL's own views. */
  readonly applicationName: string
  /** A connection that waited in the pool broke; the next query opens another. */
  readonly onIdleError: (error: Error) => void
}

const STATEMENT_TIMEOUT_MS = 15_000
// For a peer that went silent and cannot time out by itself: the statement's own limit, and the way to and fro.
const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 2_000
const KEEP_ALIVE_AFTER_MS = 10_000
const CONNECT_TIMEOUT_MS = 5_000
const MAX_CONNECTIONS = 10
const BIGINT_TYPE = 20

/** Settings of every connection, the listener's too. */
export function connectionSettings(databaseUrl: Secret, applicationName: string) {
  return {
    connectionString: databaseUrl.reveal(),
    application_name: applicationName,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    types: { getTypeParser: typeParserFor },
  } satisfies pg.ClientConfig
}

/** Opens no connection yet; the first query does. End it with `end()`. */
export function createDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    ...connectionSettings(options.databaseUrl, options.applicationName),
    max: MAX_CONNECTIONS,
  })
  pool.on('error', options.onIdleError)
  return pool
}

/** Runs `work` in one transaction: all of it happens, or, when it throws, nothing. */
export async function inTransaction<T>(database: Database, work: (queries: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database.connect()
  let broken: Error | undefined
  // Cut between two queries: without a listener that would end the process. The next query fails by itself.
  const noteBreak = (error: Error): void => void (broken = error)
  client.on('error', noteBreak)
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    // Closing a connection rolls back as well, and does not wait for an answer that may not come.
    if (error instanceof Error && isDatabaseUnavailable(error)) broken ??= error
    else {
      await client.query('ROLLBACK').catch((cause: unknown) => {
        broken = cause instanceof Error ? cause : new Error('rollback failed')
      })
    }
    throw error
  } finally {
    // A connection that is broken or cannot even roll back is closed, not given to the next user.
    client.release(broken)
    client.off('error', noteBreak)
  }
}

/**
 * Counts are bigint in SQL and exact as numbers up to 9 PB, where they stop (`sumCounts`). The tables take no larger
 * one; if one is there all the same, that must not keep the query's other rows from being read.
 */
const parseBigint = (text: string): number => Math.min(Number(text), Number.MAX_SAFE_INTEGER)

// Per connection, so that no other user of `pg` in the process is changed.
const typeParserFor: typeof pg.types.getTypeParser = (oid, format) =>
  (oid as number) === BIGINT_TYPE ? parseBigint : (pg.types.getTypeParser(oid, format) as unknown)

// Connection exceptions, shutdown and start-up of the server, too many connections, a statement that took too
// long, a database that is being put back.
const unavailableStates = /^(08...|57P0[123]|53300|57014|3D000)$/
const unavailableSystemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
])

// `pg` gives its own connection errors no code.
const connectionErrors = [
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Query read timeout',
  'Connection terminated',
  'Client has encountered a connection error',
]

/** Whether an error of a query says that the database is away or overloaded, rather than that the query is wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  if (typeof code === 'string') return unavailableStates.test(code) || unavailableSystemCodes.has(code)
  return connectionErrors.some((beginning) => error.message.startsWith(beginning))
}
