import type { MigrationView, SealingKey } from '#shared/contract/schemas.ts'
import { isTerminal } from '#shared/domain/migration-state.ts'
import type { CurrentMigration } from '#shared/ipc/snapshot.ts'

type Handover = CurrentMigration['handover']

export interface HandoverFacts {
  readonly migration: Pick<MigrationView, 'state' | 'sealingKey'>
  readonly hasSecret: boolean
  /** The remembered secret is being fetched (B7). */
  readonly isRecalling: boolean
  /** The worker keys this app has sealed to already; each is answered once. */
  readonly answeredKeyIds: ReadonlySet<string>
}

export interface HandoverStep {
  readonly handover: Handover
  /** Seal to this key and hand over now. */
  readonly sealTo: SealingKey | null
}

/**
 * What is to be done about the source secret. A lost worker's successor publishes another key; while the
 * secret is still held it is sealed again without asking anybody (B8).
 */
export function decideHandover({ migration, hasSecret, isRecalling, answeredKeyIds }: HandoverFacts): HandoverStep {
  const step = (handover: Handover, sealTo: SealingKey | null = null): HandoverStep => ({ handover, sealTo })
  if (isTerminal(migration.state) || migration.state === 'cancelling') return step('not-needed')
  const key = migration.state === 'awaiting-credentials' ? migration.sealingKey : null
  if (key !== null) {
    if (answeredKeyIds.has(key.keyId)) return step('handed-over')
    return hasSecret ? step('ready', key) : step(isRecalling ? 'ready' : 'secret-needed')
  }
  if (migration.state === 'queued' || migration.state === 'awaiting-credentials') {
    return step(hasSecret ? 'ready' : 'not-needed')
  }
  return step(answeredKeyIds.size > 0 ? 'handed-over' : 'not-needed')
}
