import { LAST_EVENT_ID_HEADER } from '#shared/contract/headers.ts'
import { ok } from '#shared/domain/result.ts'
import { openEventStream } from './event-stream.ts'
import { sendFile } from './file-answer.ts'
import type { MigrationWatch } from './migration-watch.ts'
import type { LogStore, ReportStore } from '../stores/ports.ts'
import type { Handlers } from './router.ts'
import { createStreamQuota } from './stream-quota.ts'
import { cancelMigration } from './use-cases/cancel-migration.ts'
import { dispatchMigration, type DispatchPorts } from './use-cases/dispatch-migration.ts'
import { downloadReport } from './use-cases/download-report.ts'
import { getMigration } from './use-cases/get-migration.ts'
import { handOverSecret } from './use-cases/hand-over-secret.ts'
import { listDestinations } from './use-cases/list-destinations.ts'
import { listExceptions } from './use-cases/list-exceptions.ts'
import { listMigrations } from './use-cases/list-migrations.ts'
import { readLog } from './use-cases/read-log.ts'
import { watchMigration } from './use-cases/watch-migration.ts'

export interface HandlerPorts extends DispatchPorts {
  readonly log: LogStore
  readonly reports: ReportStore
  readonly watch: MigrationWatch
  readonly heartbeatMs: number
}

/** Each keeps the process busy with unpacking as long as it lasts. */
const MAX_DOWNLOADS_PER_ACCOUNT = 3
/** Of a client that takes nothing. More patience than with events: what it holds up is one chunk and a socket. */
const STALLED_HEARTBEATS = 20

/** From parsed calls to use cases; no decisions here. */
export function createHandlers(ports: HandlerPorts): Handlers {
  const { migrations, watch, heartbeatMs, capBytesPerSecond } = ports
  const downloads = createStreamQuota(MAX_DOWNLOADS_PER_ACCOUNT)
  return {
    getMe: ({ caller }) => Promise.resolve(ok({ ...caller.account, capBytesPerSecond })),
    listDestinations: async ({ caller }) => ok(await listDestinations(ports.destinations, caller.account)),
    createMigration: ({ caller, body, idempotencyKey }) =>
      dispatchMigration(ports, { account: caller.account, request: body, idempotencyKey }),
    listMigrations: ({ caller, query }) =>
      listMigrations(migrations, caller.account.id, {
        limit: query.limit,
        cursor: query.cursor ?? null,
        search: query.search ?? null,
      }),
    getMigration: ({ caller, params }) => getMigration(migrations, caller.account.id, params.migrationId),
    handOverSecret: ({ caller, params, body }) =>
      handOverSecret(migrations, caller.account.id, params.migrationId, body),
    cancelMigration: ({ caller, params }) => cancelMigration(migrations, caller.account.id, params.migrationId),
    streamMigration: ({ caller, params }, request, response) => {
      const knownRevision = parseRevision(request.get(LAST_EVENT_ID_HEADER))
      const watched = { caller, migrationId: params.migrationId, knownRevision }
      return watchMigration({ migrations, watch }, watched, (onClose) =>
        openEventStream(response, { heartbeatMs, knownRevision, onClose }),
      )
    },
    getLog: ({ caller, params, query }) => readLog(ports, caller.account.id, params.migrationId, query.after),
    listExceptions: ({ caller, params }) => listExceptions(ports, caller.account.id, params.migrationId),
    getReport: ({ caller, params, query }, request, response) =>
      downloadReport(
        { migrations, reports: ports.reports, downloads },
        { accountId: caller.account.id, migrationId: params.migrationId, format: query.format },
        (file) => sendFile(file, { request, response, stallMs: STALLED_HEARTBEATS * heartbeatMs }),
      ),
  }
}

/** An id that is none of ours counts as no id: the client gets the present state. */
function parseRevision(header: string | undefined): number {
  return /^\d{1,9}$/.test(header ?? '') ? Number(header) : 0
}
