import { LOG_TAIL_LINES, type ResponseOf } from '#shared/contract/endpoints.ts'
import { ok, type Result } from '#shared/domain/result.ts'
import type { LogStore, MigrationStore } from '../../stores/ports.ts'
import type { Problem } from '../problem.ts'
import { getMigration } from './get-migration.ts'

/** S13: the tail of the worker's log, after the line the caller has. */
export async function readLog(
  ports: { readonly migrations: MigrationStore; readonly log: LogStore },
  accountId: string,
  migrationId: string,
  after: number,
): Promise<Result<ResponseOf<'getLog'>, Problem>> {
  const migration = await getMigration(ports.migrations, accountId, migrationId)
  if (!migration.ok) return migration
  return ok({ lines: [...(await ports.log.readTail(migrationId, after, LOG_TAIL_LINES))] })
}
