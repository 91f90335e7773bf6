import type { MigrationView } from '#shared/contract/schemas.ts'
import { isTerminal, type MigrationState } from '#shared/domain/migration-state.ts'
import type { CurrentMigration } from '#shared/ipc/snapshot.ts'

type EndState = Extract<MigrationState, 'completed' | 'completed-with-exceptions' | 'failed' | 'cancelled'>
export type NotificationKind = EndState | 'secret-needed'

export interface EndContext {
  /** It was live when this app last saw it, perhaps in an earlier run, and its end has not been told yet. */
  readonly isAwaited: boolean
  /** The window is in front, or on its way there: it tells the news itself, wherever it is. */
  readonly isWindowInFront: boolean
  /** The person asked for the cancellation in this app, so its success is no news. */
  readonly isCancelledHere: boolean
}

/**
 * - `await`: live; its end is to be told once.
 * - `ask-window`: the window tells it; until it says that it has, the end stays to be told.
 * - `notify`: told now, by the system.
 * - `settle`: nobody needs to be told.
 */
export type EndStep = 'nothing' | 'await' | 'ask-window' | 'notify' | 'settle'

/** What a newly seen state of a migration asks for. An end that was never awaited (history) or has been told is no news. */
export function decideEnd({ state }: Pick<MigrationView, 'state'>, context: EndContext): EndStep {
  const { isAwaited, isWindowInFront, isCancelledHere } = context
  if (!isTerminal(state)) return isAwaited ? 'nothing' : 'await'
  if (!isAwaited) return 'nothing'
  if (state === 'cancelled' && isCancelledHere) return 'settle'
  return isWindowInFront ? 'ask-window' : 'notify'
}

/** B8: without the person the migration stands still, perhaps all night. News only the moment it begins. */
export function isSecretNewlyNeeded(before: CurrentMigration | null, { migration, handover }: CurrentMigration): boolean {
  const wasNeeded = before?.migration.id === migration.id && before.handover === 'secret-needed'
  return handover === 'secret-needed' && !wasNeeded
}
