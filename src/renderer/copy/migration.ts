import type { MigrationView, SourceInventory, Waiting } from '#shared/contract/schemas.ts'
import { formatCount, formatFiles, formatRate } from '#shared/domain/amounts.ts'
import type { MigrationProgress, RemainingNote } from '#shared/domain/progress-model.ts'
import {
  isLivePhase,
  type LivePhase,
  type OutcomePhase,
} from '../presenters/migration-presenter.ts'
import type { ToldProgress } from '../presenters/progress-announcement-model.ts'
import type { ThroughputGraph } from '../presenters/throughput-presenter.ts'
import { formatClockSeconds, formatDuration, formatRemaining } from '../presenters/time-presenter.ts'
import type { Words } from './words.ts'

export const outcomeHeadlines: Readonly<Record<OutcomePhase, string>> = {
  completed: 'Migration complete',
  'completed-with-exceptions': 'Migration finished with exceptions',
  failed: 'Migration failed',
  cancelled: 'Migration cancelled',
}

/** The label over the bar while a migration lives. */
export const phaseLabels: Readonly<Record<LivePhase, string>> = {
  'waiting-for-worker': 'Waiting for a worker…',
  'secret-needed': 'Waiting for the secret key',
  'handing-over': 'Handing the sealed secret key to the worker…',
  sizing: 'Calculating total size…',
  copying: 'Copying',
  'waiting-for-source': 'Waiting for the source…',
  'waiting-for-destination': 'Waiting for the destination…',
  paused: 'Paused by Carolina Cloud',
  verifying: 'Checking that every file arrived…',
  cancelling: 'Cancelling…',
}

/** The same with what ticks: `Comparing 12,000 of 51,002 files…`. Not announced, as each tick would be read out. */
export function phaseText(phase: LivePhase, { verifiedObjects, totalObjects }: MigrationProgress): string {
  if (phase !== 'verifying' || verifiedObjects === null) return phaseLabels[phase]
  if (totalObjects === null) return `Comparing: ${formatFiles(verifiedObjects)} so far…`
  return `Comparing ${formatCount(Math.min(verifiedObjects, totalObjects))} of ${formatFiles(totalObjects)}…`
}

export const migrationCopy = {
  title: (bucket: string, destination: string) => `${bucket} to ${destination}`,
  eyebrow: 'Migration',
  progress: 'Progress',
  elapsed: 'Elapsed',
  speed: 'Speed',
  from: 'From',
  to: 'To',
  filesAreIn: 'Files are in',
  began: 'Started',
  ended: 'Ended',
  notYet: '–',
  recentActivity: 'Recent activity',
  activityLoading: 'Loading…',
  activityEmpty: 'What the worker does will be listed here once it begins.',
  activityFailed: 'The log could not be loaded. It is tried again in a few seconds.',
  cancel: 'Cancel migration',
  cancelling: 'Cancelling…',
  keepCopying: 'Keep copying',
  cancelTitle: 'Cancel this migration?',
  cancelText: (bucket: string) => `It stops for good. What was copied so far stays in ${bucket}.`,
  startAnother: 'Start another migration',
  exitCode: 'Exit code',
  workerMessage: 'The worker’s message',
  failureCode: 'Code',
  migrationId: 'Migration ID',
  details: 'Details',
  takenOver: 'An earlier worker was lost and another took over. What was copied stays; the rest goes on.',
} as const

export const secretRequestCopy = {
  title: 'Please give the secret key once more',
  text: 'A worker waits for it, and this app does not have it any more: the app or the worker was restarted. The migration goes on as soon as it has the key.',
  submit: 'Hand over the secret key',
  submitting: 'Sealing and handing over…',
} as const

const movingPhases: readonly LivePhase[] = ['sizing', 'copying', 'verifying']

/** How long it will still take; honest while that is unknown, and silent where nothing moves. */
export function remainingText(phase: LivePhase, { remainingSeconds }: MigrationProgress): string | null {
  if (!movingPhases.includes(phase)) return null
  return remainingSeconds === null ? 'Estimating time left…' : formatRemaining(remainingSeconds)
}

/** Why the end has moved further away. */
export const remainingNotes: Readonly<Record<RemainingNote, string>> = {
  slower: 'Slower than before, so it takes longer.',
  'total-grew': 'More files were found, so it takes longer.',
  waiting: 'It had to wait for one end, so it takes longer.',
  'copying-again': 'Some files changed or did not arrive and are copied once more, so it takes longer.',
}

const waitingEnds = { source: 'Your source', destination: 'Carolina Cloud’s storage' } as const

/** Nothing moves for now. `isDue`: the next try is already under way. */
export function waitingWords({ side, code, nextTryAt }: Waiting, isDue: boolean): Words {
  const end = waitingEnds[side]
  return {
    title: code === 'throttled' ? `${end} asks to slow down.` : `${end} is not answering.`,
    text: isDue
      ? 'Carolina Cloud is trying again now; nothing is lost.'
      : `Carolina Cloud tries again at ${formatClockSeconds(nextTryAt)}; nothing is lost.`,
  }
}

/** What the worker's listing says beforehand about the end; no line where there is nothing to say. */
export function inventoryNotes({ archived, oddKeys }: SourceInventory): readonly string[] {
  const notes: string[] = []
  if (archived.objects > 0) {
    notes.push(
      archived.objects === 1
        ? '1 archived file cannot be copied; it will be listed at the end.'
        : `${formatCount(archived.objects)} archived files cannot be copied; they will be listed at the end.`,
    )
  }
  if (oddKeys.objects > 0) {
    notes.push(
      oddKeys.objects === 1
        ? '1 file has an unusual name; Carolina Cloud copies it by itself, under the same name.'
        : `${formatCount(oddKeys.objects)} files have unusual names; Carolina Cloud copies them one by one, under the same names.`,
    )
  }
  return notes
}

/** The graph in words: `Between 120 MiB/s and 200 MiB/s in 1 h 42 min`. */
export function throughputText({ lowest, highest, spanSeconds }: ThroughputGraph): string {
  const span = formatDuration(spanSeconds * 1000)
  return lowest === highest
    ? `${formatRate(highest)} for ${span}`
    : `Between ${formatRate(lowest)} and ${formatRate(highest)} in ${span}`
}

export const throughputLabel = (text: string) => `Speed since the start. ${text}.`

/** What a screen reader hears: `Copying`, later `Copying, 40%`, at last `Migration complete`. */
export function progressAnnouncement({ phase, percent }: Pick<ToldProgress, 'phase' | 'percent'>): string {
  if (phase === null) return ''
  if (!isLivePhase(phase)) return outcomeHeadlines[phase]
  return percent === null ? phaseLabels[phase] : `${phaseLabels[phase]}, ${percent}%`
}

const mayClose = 'You can close this window. Carolina Cloud keeps copying.'
const letRun = 'You can close this window, but let the app run until copying begins.'
const keepsTrying = 'You can close this window. Carolina Cloud keeps trying.'

/** What closing the window means now. Until a worker has the secret, the app behind the window is needed. */
export const closingTexts: Readonly<Record<LivePhase, string>> = {
  'waiting-for-worker': letRun,
  'handing-over': letRun,
  'secret-needed': 'The copy waits for the secret key.',
  sizing: mayClose,
  copying: mayClose,
  'waiting-for-source': keepsTrying,
  'waiting-for-destination': keepsTrying,
  paused: mayClose,
  verifying: 'You can close this window. Carolina Cloud keeps checking.',
  cancelling: 'You can close this window.',
}

export function routeTitle({ source, destination }: MigrationView): string {
  return migrationCopy.title(source.bucket, destination.name)
}
