import type { MigrationView } from '#shared/contract/schemas.ts'
import { isTerminal } from '#shared/domain/migration-state.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { MigrationStore } from '../../stores/ports.ts'
import type { Problem } from '../problem.ts'

/** S15: asks for the stop; a queued one ends at once. Asking again while it stops is fine. */
export async function cancelMigration(
  migrations: MigrationStore,
  accountId: string,
  migrationId: string,
): Promise<Result<MigrationView, Problem>> {
  const cancelled = await migrations.requestCancel(accountId, migrationId)
  if (cancelled !== null) return ok(cancelled)
  const migration = await migrations.find(accountId, migrationId)
  if (migration === null) return err({ code: 'not-found' })
  return isTerminal(migration.state) ? err({ code: 'migration-ended' }) : ok(migration)
}
