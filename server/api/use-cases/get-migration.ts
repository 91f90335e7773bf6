import type { MigrationView } from '#shared/contract/schemas.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { MigrationStore } from '../../stores/ports.ts'
import type { Problem } from '../problem.ts'

/** Another account's migration answers like one that never was. */
export async function getMigration(
  migrations: MigrationStore,
  accountId: string,
  migrationId: string,
): Promise<Result<MigrationView, Problem>> {
  const migration = await migrations.find(accountId, migrationId)
  return migration === null ? err({ code: 'not-found' }) : ok(migration)
}
