import { isTerminal } from '#shared/domain/migration-state.ts'
import type { CurrentMigration } from '#shared/ipc/snapshot.ts'

/**
 * What quitting means for the followed migration.
 * - `nothing`: none is live.
 * - `goes-on`: it runs at Carolina Cloud and needs nobody here.
 * - `waits-for-secret`: only this app holds the source secret that its worker is about to ask for; without it the
 *   migration stands still until the app is opened again.
 * - `waits-for-person`: it stands still already, until somebody enters the secret.
 */
export type QuitMeaning = 'nothing' | 'goes-on' | 'waits-for-secret' | 'waits-for-person'

/** What is told of a quit that nobody has to answer. */
export type ToldMeaning = Extract<QuitMeaning, 'goes-on' | 'waits-for-person'>

export function quitMeaning(followed: Pick<CurrentMigration, 'migration' | 'handover'> | null): QuitMeaning {
  if (followed === null || isTerminal(followed.migration.state)) return 'nothing'
  if (followed.handover === 'secret-needed') return 'waits-for-person'
  return followed.handover === 'ready' ? 'waits-for-secret' : 'goes-on'
}
