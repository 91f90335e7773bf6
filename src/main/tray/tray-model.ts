import { formatBytes, formatBytesOfTotal } from '#shared/domain/amounts.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import { isTerminal } from '#shared/domain/migration-state.ts'
import { type MigrationProgress, progressPercent } from '#shared/domain/progress-model.ts'
import type { MigrationView } from '#shared/contract/schemas.ts'
import type { AppSnapshot, CurrentMigration } from '#shared/ipc/snapshot.ts'
import { quitMeaning, type QuitMeaning } from '../closing/quit-rules.ts'
import { APP_NAME, exceptionWords, remainingWords, trayWords, waitingWords } from '../copy/app-words.ts'
import { countExceptions } from '../migrations/exception-count-rules.ts'

export type TrayIcon = 'idle' | 'running' | 'done' | 'failed' | 'attention'
export type TrayAction = 'open' | 'cancel' | 'quit'

export interface TrayModel {
  readonly icon: TrayIcon
  readonly tooltip: string
  /** An entry without an action only says how things stand, for desktops that show no tooltip. */
  readonly menu: readonly { readonly action: TrayAction | null; readonly label: string; readonly isEnabled: boolean }[]
}

type TraySnapshot = Pick<AppSnapshot, 'session' | 'current' | 'connectionProblem'>

/** What the tray shows for a snapshot: nothing that is not known at that moment. The tray never computes anything itself. */
export function trayModel(snapshot: TraySnapshot): TrayModel {
  const { current, connectionProblem } = snapshot
  const isLive = current !== null && !isTerminal(current.migration.state)
  const canCancel = isLive && current.migration.state !== 'cancelling' && !current.isCancelRequested
  const standing = isLive ? (lostText(connectionProblem) ?? waitingText(current.migration)) : null
  return {
    icon: iconFor(current),
    tooltip: `${APP_NAME} — ${textsFor(snapshot).join(' · ')}`,
    menu: [
      ...(standing === null ? [] : [{ action: null, label: standing, isEnabled: false }]),
      { action: 'open', label: trayWords.open, isEnabled: true },
      ...(isLive ? [{ action: 'cancel', label: trayWords.cancel, isEnabled: canCancel } as const] : []),
      { action: 'quit', label: quitLabels[quitMeaning(current)], isEnabled: true },
    ],
  }
}

/** Says what goes on after it; the dots announce a question. */
const quitLabels: Readonly<Record<QuitMeaning, string>> = {
  nothing: trayWords.quit,
  'goes-on': trayWords.quitWhileLive,
  'waits-for-secret': trayWords.quitWithSecret,
  'waits-for-person': trayWords.quitWhileAsked,
}

function iconFor(current: CurrentMigration | null): TrayIcon {
  if (current === null) return 'idle'
  switch (current.migration.state) {
    case 'completed':
      return 'done'
    case 'completed-with-exceptions':
      return 'attention'
    case 'failed':
      return 'failed'
    case 'cancelled':
      return 'idle'
    case 'awaiting-credentials':
      return current.handover === 'secret-needed' ? 'attention' : 'running'
    case 'running':
    case 'verifying':
      // It waits by itself, but perhaps for something that only a person can put right: a server that is switched off.
      return current.migration.waiting?.code === 'unreachable' ? 'attention' : 'running'
    case 'queued':
    case 'paused':
    case 'cancelling':
      return 'running'
    default:
      return assertNever(current.migration.state)
  }
}

function textsFor({ session, current, connectionProblem }: TraySnapshot): string[] {
  const lost = lostText(connectionProblem)
  const isEnded = current !== null && isTerminal(current.migration.state)
  if (lost !== null && !isEnded) return [lost, ...lastSeenTexts(current)]
  if (current !== null) return migrationTexts(current)
  switch (session.kind) {
    case 'restoring':
      return [trayWords.restoring]
    case 'signed-out':
      return [trayWords.signedOut]
    case 'signed-in':
      return [trayWords.idle]
    default:
      return assertNever(session)
  }
}

const lostText = (problem: AppSnapshot['connectionProblem']): string | null =>
  problem === null ? null : trayWords.noConnection(problem.since)

/** How far it was: without a connection nobody here knows how far it is. */
function lastSeenTexts(current: CurrentMigration | null): string[] {
  const percent = current === null ? null : progressPercent(current.migration.progress)
  return percent === null ? [] : [trayWords.lastSeen(percent)]
}

function migrationTexts({ migration, handover }: CurrentMigration): string[] {
  switch (migration.state) {
    case 'queued':
      return [trayWords.queued]
    case 'awaiting-credentials':
      return [handover === 'secret-needed' ? trayWords.secretNeeded : trayWords.awaitingCredentials]
    case 'running':
      return progressTexts(migration)
    case 'paused':
      return [trayWords.paused, ...progressTexts(migration)]
    case 'verifying':
      return [trayWords.verifying, ...progressTexts(migration)]
    case 'cancelling':
      return [trayWords.cancelling]
    case 'completed':
      return [trayWords.completed, formatBytes(migration.progress.copiedBytes)]
    case 'completed-with-exceptions':
      return [`${trayWords.finished}, ${exceptionWords(countExceptions(migration))}`]
    case 'failed':
      return [trayWords.failed]
    case 'cancelled':
      return [trayWords.cancelled]
    default:
      return assertNever(migration.state)
  }
}

function progressTexts(migration: MigrationView): string[] {
  const { progress } = migration
  const waiting = waitingText(migration)
  return [...(waiting === null ? [] : [waiting]), ...amountTexts(progress), ...(waiting === null ? timeTexts(progress) : [])]
}

function amountTexts(progress: MigrationProgress): string[] {
  const percent = progressPercent(progress)
  if (percent === null || progress.totalBytes === null) {
    return [trayWords.sizing, ...(progress.copiedBytes > 0 ? [formatBytes(progress.copiedBytes)] : [])]
  }
  return [`${String(percent)} %`, formatBytesOfTotal(progress.copiedBytes, progress.totalBytes)]
}

const timeTexts = ({ remainingSeconds }: MigrationProgress): string[] =>
  remainingSeconds === null ? [] : [remainingWords(remainingSeconds)]

/** It waits by itself and goes on by itself: told, but no reason to call anybody. */
const waitingText = ({ waiting }: MigrationView): string | null => (waiting === null ? null : waitingWords(waiting))
