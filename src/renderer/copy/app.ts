import type { AppSnapshot } from '#shared/ipc/snapshot.ts'
import { isLivePhase, livePercent, migrationPhase } from '../presenters/migration-presenter.ts'
import { outcomeHeadlines } from './migration.ts'

export const appName = 'Carolina Migrate'

/** The window's title: the outcome or percent first, as taskbars cut titles short. */
export function windowTitle(snapshot: AppSnapshot | null): string {
  if (snapshot?.session.kind === 'signed-out') return `Sign in · ${appName}`
  if (snapshot?.current == null) return appName
  const { bucket } = snapshot.current.migration.source
  const phase = migrationPhase(snapshot.current)
  if (!isLivePhase(phase)) return `${outcomeHeadlines[phase]} · ${bucket} · ${appName}`
  const percent = livePercent(snapshot.current)
  return `${percent === null ? '' : `${percent}% · `}${bucket} · ${appName}`
}
