import { assertNever } from '#shared/domain/assert-never.ts'
import { isTerminal } from '#shared/domain/migration-state.ts'
import type { AppSnapshot, CurrentMigration } from '#shared/ipc/snapshot.ts'

export type NotificationKind = 'completed' | 'completed-with-exceptions' | 'failed' | 'cancelled' | 'secret-needed'

export interface NotificationContext {
  /** The person has this very migration before their eyes, so it tells its news itself. */
  readonly isWatched: boolean
  /** The last migration whose end was told; remembered across restarts. */
  readonly notifiedMigrationId: string | null
  /** The person asked for the cancellation in this app, so its success is no news. */
  readonly isCancelledHere: boolean
}

export interface NotificationDecision {
  /** Null: say nothing. */
  readonly kind: NotificationKind | null
  /** The end has been dealt with, told or not: never tell it again. */
  readonly isEnd: boolean
}

type Shown = Pick<AppSnapshot, 'current'>
const silence: NotificationDecision = { kind: null, isEnd: false }

/**
 * Decides between two snapshots. Only a change that happened before our eyes is news: a migration that
 * had ended before it was opened (history, next start) is not.
 */
export function decideNotification(before: Shown, after: Shown, context: NotificationContext): NotificationDecision {
  const current = after.current
  const previous = before.current
  if (current === null || previous === null || previous.migration.id !== current.migration.id) return silence
  if (isTerminal(previous.migration.state)) return silence
  const isEnd = isTerminal(current.migration.state)
  if (isEnd && context.notifiedMigrationId === current.migration.id) return silence
  const kind = isEnd ? endKind(current, context) : secretKind(previous, current)
  return { kind: context.isWatched ? null : kind, isEnd }
}

function endKind({ migration }: CurrentMigration, context: NotificationContext): NotificationKind | null {
  switch (migration.state) {
    case 'completed':
    case 'completed-with-exceptions':
    case 'failed':
      return migration.state
    case 'cancelled':
      return context.isCancelledHere ? null : 'cancelled'
    case 'queued':
    case 'awaiting-credentials':
    case 'running':
    case 'paused':
    case 'verifying':
    case 'cancelling':
      return null
    default:
      return assertNever(migration.state)
  }
}

/** Without the person the migration stands still, perhaps all night (B8). */
function secretKind(previous: CurrentMigration, current: CurrentMigration): NotificationKind | null {
  const isNew = previous.handover !== 'secret-needed' && current.handover === 'secret-needed'
  return isNew ? 'secret-needed' : null
}
