import type { ResponseOf } from '#shared/contract/endpoints.ts'
import { ok, type Result } from '#shared/domain/result.ts'
import type { MigrationStore, ReportStore } from '../../stores/ports.ts'
import type { Problem } from '../problem.ts'
import { getMigration } from './get-migration.ts'

/** B3: the first objects that did not make it, and how many there are in all. */
export async function listExceptions(
  ports: { readonly migrations: MigrationStore; readonly reports: Pick<ReportStore, 'listExceptions'> },
  accountId: string,
  migrationId: string,
): Promise<Result<ResponseOf<'listExceptions'>, Problem>> {
  const migration = await getMigration(ports.migrations, accountId, migrationId)
  if (!migration.ok) return migration
  const { verification } = migration.value
  const total = Object.values(verification?.exceptions ?? {}).reduce((sum, { objects }) => sum + objects, 0)
  return ok({ exceptions: [...(await ports.reports.listExceptions(migrationId))], total })
}
