import type { AppSnapshot, CurrentMigration } from '#shared/ipc/snapshot.ts'
import { isLivePhase, livePercent, migrationPhase } from '../presenters/migration-presenter.ts'
import type { ViewState } from '../store/view-model.ts'
import { outcomeHeadlines } from './migration.ts'
import { shellCopy } from './shell.ts'

export const appName = 'Carolina Migrate'

const screenTitles = { wizard: shellCopy.newMigration, history: shellCopy.history, settings: shellCopy.settings } as const

/** The window's title: the outcome or percent first, as taskbars cut titles short; then what it shows. */
export function windowTitle(snapshot: AppSnapshot | null, place: ViewState['place']): string {
  if (snapshot === null || snapshot.session.kind === 'restoring') return appName
  if (snapshot.session.kind === 'signed-out') return `Sign in · ${appName}`
  const { current } = snapshot
  const percent = current === null ? null : livePercent(current)
  const shown = current === null || place !== 'migration' ? screenTitles[place === 'migration' ? 'wizard' : place] : currentTitle(current)
  return `${percent === null ? '' : `${percent}% · `}${shown} · ${appName}`
}

function currentTitle(current: CurrentMigration): string {
  const { bucket } = current.migration.source
  const phase = migrationPhase(current)
  return isLivePhase(phase) ? bucket : `${outcomeHeadlines[phase]} · ${bucket}`
}
