import type { MigrationView } from '#shared/contract/schemas.ts'
import { formatBytes, formatFiles } from '#shared/domain/amounts.ts'
import { isLivePhase, type LivePhase, type MigrationPhase } from '../presenters/migration-presenter.ts'
import { formatDuration } from '../presenters/time-presenter.ts'
import type { Words } from './words.ts'

export const outcomeHeadlines = {
  completed: 'Migration complete',
  failed: 'Migration failed',
  cancelled: 'Migration cancelled',
} as const

/** The label over the bar while a migration lives. */
export const phaseLabels: Readonly<Record<LivePhase, string>> = {
  'waiting-for-worker': 'Waiting for a worker…',
  'secret-needed': 'Waiting for the secret key',
  'handing-over': 'Handing the sealed secret key to the worker…',
  sizing: 'Calculating total size…',
  copying: 'Copying',
  paused: 'Paused by Carolina Cloud',
  verifying: 'Checking that every file arrived…',
  cancelling: 'Cancelling…',
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
  migrationId: 'Migration',
  details: 'Details',
  data: 'Data',
  files: 'Files',
  took: 'Took',
  takenOver: 'An earlier worker was lost and another took over. What was copied stays; the rest goes on.',
} as const

export const secretRequestCopy = {
  title: 'Please give the secret key once more',
  text: 'A worker waits for it, and this app no longer has it: it is kept nowhere, and the app or the worker was restarted. The migration goes on as soon as it has the key.',
  submit: 'Hand over the secret key',
  submitting: 'Sealing and handing over…',
} as const

export const revokeAdvice: Words = {
  title: 'Revoke the source key now',
  text: 'The migration no longer needs it. Delete the access key at the source, or take back its permission to read.',
}

export function completedSentence({ destination }: MigrationView): string {
  return `Every file was copied and is in ${destination.name}, ready to use.`
}

/** Of a cancelled or failed migration: what made it. */
export function arrivedSentence({ destination, progress, state }: MigrationView): string {
  if (progress.copiedObjects === 0)
    return `It ${state === 'failed' ? 'failed' : 'was cancelled'} before a file was copied.`
  const files = `${formatFiles(progress.copiedObjects)} (${formatBytes(progress.copiedBytes)})`
  return `${files} made it to ${destination.name} and ${progress.copiedObjects === 1 ? 'stays' : 'stay'} there.`
}

/** What a screen reader hears when the phase changes; numbers are not read out each second. */
export function phaseAnnouncement(phase: MigrationPhase): string {
  return isLivePhase(phase) ? phaseLabels[phase] : outcomeHeadlines[phase]
}

const mayClose = 'You can close this window. Carolina Cloud keeps copying.'
const letRun = 'You can close this window, but let the app run until copying begins.'

/** What closing the window means now. Until a worker has the secret, the app behind the window is needed. */
export const closingTexts: Readonly<Record<LivePhase, string>> = {
  'waiting-for-worker': letRun,
  'handing-over': letRun,
  'secret-needed': 'The copy waits for the secret key.',
  sizing: mayClose,
  copying: mayClose,
  paused: mayClose,
  verifying: mayClose,
  cancelling: 'You can close this window.',
}

export function tookText(ms: number | null): string {
  return ms === null ? migrationCopy.notYet : formatDuration(ms)
}
