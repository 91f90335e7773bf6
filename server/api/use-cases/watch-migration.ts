import type { MigrationView } from '#shared/contract/schemas.ts'
import { isTerminal } from '#shared/domain/migration-state.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { EventStream } from '../event-stream.ts'
import type { MigrationWatch } from '../migration-watch.ts'
import type { Caller, MigrationStore } from '../../stores/ports.ts'
import type { Problem } from '../problem.ts'
import { getMigration } from './get-migration.ts'

export interface WatchRequest {
  readonly caller: Caller
  readonly migrationId: string
  /** From Last-Event-ID; 0 for a fresh stream. */
  readonly knownRevision: number
}

/** S14: a stream that begins with the present state, unless the client has it, and follows each change. */
export async function watchMigration(
  ports: { readonly migrations: MigrationStore; readonly watch: MigrationWatch },
  { caller, migrationId, knownRevision }: WatchRequest,
  open: (onClose: () => void) => EventStream,
): Promise<Result<null, Problem>> {
  const found = await getMigration(ports.migrations, caller.account.id, migrationId)
  if (!found.ok) return found
  const stream = ports.watch.add(caller, found.value, open)
  if (stream === null) return err({ code: 'rate-limited', detail: 'Too many event streams are open for this account.' })
  if (hasNothingToCome(found.value, knownRevision)) stream.end()
  return ok(null)
}

/** The client already has the last event there will ever be. */
function hasNothingToCome(migration: MigrationView, knownRevision: number): boolean {
  return isTerminal(migration.state) && migration.revision <= knownRevision
}
