import { randomUUID } from 'node:crypto'
import type { SealedSecret } from '#shared/contract/schemas.ts'
import { type MigrationState, isTerminal } from '#shared/domain/migration-state.ts'
import type { SeededAccount, TestApi } from '../../support/api-server.ts'
import { createApiCaller, dispatchBody, migrationOf } from './api-caller.ts'

/** Dispatches into the account's personal bucket and returns the migration's id. */
export async function dispatchOne(api: TestApi, account: SeededAccount): Promise<string> {
  const caller = createApiCaller(api.origin, account.key)
  return migrationOf(await caller.dispatch(dispatchBody(account.personalBucketId))).id
}

/** Does what a worker would do to the row, notification included. */
export async function changeState(
  api: TestApi,
  id: string,
  state: MigrationState,
  sealingKeyId: string | null = null,
): Promise<void> {
  await api.database.query(
    `UPDATE migrations SET state = $2, revision = revision + 1, sealing_key_id = $3, sealing_public_key = $4,
            finished_at = CASE WHEN $5 THEN now() END, failure_code = CASE WHEN $2 = 'failed' THEN 'worker-error' END
      WHERE id = $1
     RETURNING pg_notify('migration_changed', json_build_object('migrationId', id)::text)`,
    [id, state, sealingKeyId, sealingKeyId === null ? null : 'p'.repeat(43), isTerminal(state)],
  )
}

export function sealedFor(keyId: string = randomUUID()): SealedSecret {
  return { keyId, encapsulatedKey: 'e'.repeat(43), ciphertext: 'CIPHERTEXT'.repeat(6) }
}
