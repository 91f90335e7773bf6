import type { SealedSecret } from '#shared/contract/schemas.ts'
import { isTerminal } from '#shared/domain/migration-state.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { MigrationStore } from '../../stores/ports.ts'
import type { Problem } from '../problem.ts'

/** B1, S9: passes the ciphertext to the worker that waits for it and keeps nothing. */
export async function handOverSecret(
  migrations: MigrationStore,
  accountId: string,
  migrationId: string,
  sealed: SealedSecret,
): Promise<Result<Record<string, never>, Problem>> {
  const message = JSON.stringify({ migrationId, sealed })
  if (await migrations.relayToWaitingWorker(accountId, migrationId, sealed.keyId, message)) return ok({})
  const migration = await migrations.find(accountId, migrationId)
  if (migration === null) return err({ code: 'not-found' })
  return err({ code: isTerminal(migration.state) ? 'migration-ended' : 'secret-not-awaited' })
}
