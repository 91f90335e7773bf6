import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ApiConfig } from '../config.ts'
import { createNotificationListener, type NotificationListener } from '../db/listener.ts'
import { readSchemaFiles } from '../db/migrate.ts'
import { notificationChannels } from '../db/notifications.ts'
import { createDatabase, type Database } from '../db/pool.ts'
import type { Logger } from '../logger.ts'
import { createCallerStore } from '../stores/caller-store.ts'
import { createDestinationStore } from '../stores/destination-store.ts'
import { createMigrationLogStore } from '../stores/migration-log-store.ts'
import { createMigrationStore } from '../stores/migration-store.ts'
import { createReportStore } from '../stores/report-store.ts'
import { createApp } from './app.ts'
import { createEndpointGuard, resolveHost } from '../endpoint-guard/endpoint-guard.ts'
import { createMigrationWatch, type MigrationWatch } from './migration-watch.ts'
import type { RateLimits } from './rate-limits.ts'

export interface ApiService {
  readonly port: number
  /** Stops accepting, ends event streams, lets running requests finish for a few seconds, closes the database. */
  stop(): Promise<void>
}

const APPLICATION_NAME = 'carolina-migrate api'
const TICK_MS = 1_000
/** Half of the minute within which a revoked key's streams end, says the operators' command line. */
const KEY_CHECK_MS = 30_000
const DRAIN_MS = 3_500

/** Composition root of the API. Resolves once it listens; the database may still be away (see `/readyz`). */
export async function startApi(config: ApiConfig, logger: Logger, rateLimits: RateLimits): Promise<ApiService> {
  const { databaseUrl } = config
  const database = createDatabase({
    databaseUrl,
    applicationName: APPLICATION_NAME,
    onIdleError: (error) => logger.warn({ err: error }, 'an idle database connection broke'),
  })
  const callers = createCallerStore(database)
  const migrations = createMigrationStore(database)
  const watch = createMigrationWatch({
    changes: migrations,
    keys: callers,
    logger,
    tickMs: TICK_MS,
    keyCheckMs: KEY_CHECK_MS,
  })
  const app = createApp({
    callers,
    destinations: createDestinationStore(database),
    migrations,
    log: createMigrationLogStore(database),
    reports: createReportStore(database),
    endpointGuard: createEndpointGuard({ isPrivateAllowed: config.isPrivateEndpointAllowed, resolveHost }),
    makeId: randomUUID,
    watch,
    queries: database,
    schemaFiles: readSchemaFiles(),
    logger,
    rateLimits,
    capBytesPerSecond: config.capBytesPerSecond,
    heartbeatMs: config.heartbeatMs,
    trustedProxies: config.trustedProxies,
  })
  const listener = createNotificationListener(
    { databaseUrl, applicationName: `${APPLICATION_NAME} listener`, logger },
    {
      onNotification: { [notificationChannels.migrationChanged]: (payload) => noteChange(watch, payload) },
      onReturn: () => watch.noteGap(),
    },
  )
  const server = await listen(createServer(app), config)
  // One connection that could not be accepted (no file descriptor left) must not end the others.
  server.on('error', (error) => logger.error({ err: error }, 'a connection could not be accepted'))
  watch.start()
  // Not awaited: without the database the API still answers, and says so.
  void listener.start()
  let stopping: Promise<void> | undefined
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => (stopping ??= drain(server, watch, listener, database)),
  }
}

function listen(server: Server, { host, port }: ApiConfig): Promise<Server> {
  // A request must arrive quickly; its answer, an event stream, may last.
  server.headersTimeout = 10_000
  server.requestTimeout = 30_000
  // Longer than common load balancers keep theirs, so that they never reuse one we just closed.
  server.keepAliveTimeout = 75_000
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(server)
    })
  })
}

async function drain(
  server: Server,
  watch: MigrationWatch,
  listener: NotificationListener,
  database: Database,
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  watch.stop()
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  await closed
  clearTimeout(deadline)
  await listener.stop()
  await database.end()
}

function noteChange(watch: MigrationWatch, payload: string): void {
  const id = /"migrationId"\s*:\s*"([0-9a-f-]{36})"/.exec(payload)?.[1]
  if (id !== undefined) watch.noteChange(id)
}
