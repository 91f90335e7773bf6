import type { Waiting } from '#shared/contract/schemas.ts'
import { formatCount, formatFiles } from '#shared/domain/amounts.ts'
import { formatClock } from '#shared/domain/moments.ts'
import type { ExceptionCounts } from '../migrations/exception-count-rules.ts'
import type { NotificationKind } from '../notifications/notification-rules.ts'

/** All words that main shows itself. The window's words live in the renderer's own copy. */
export const APP_NAME = 'Carolina Migrate'

export const trayWords = {
  open: `Open ${APP_NAME}`,
  cancel: 'Cancel migration…',
  quit: 'Quit',
  quitWhileLive: 'Quit (the migration continues)',
  quitWhileAsked: 'Quit (the migration waits for its secret key)',
  quitWithSecret: 'Quit…',
  idle: 'no migration running',
  signedOut: 'not signed in',
  restoring: 'opening…',
  queued: 'waiting for a worker',
  awaitingCredentials: 'handing over the secret key',
  secretNeeded: 'needs the secret key again',
  sizing: 'calculating total size…',
  paused: 'paused',
  verifying: 'verifying',
  cancelling: 'cancelling',
  completed: 'migration complete',
  finished: 'migration finished',
  failed: 'migration failed',
  cancelled: 'migration cancelled',
  noConnection: (since: string) => `no connection since ${formatClock(since)}`,
  lastSeen: (percent: number) => `last seen at ${String(percent)} %`,
} as const

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** `about 12 min left`, `about 5 h left`, `about 3 days left`: as fine as a glance at the tray needs it. */
export function remainingWords(seconds: number): string {
  if (seconds < MINUTE) return 'less than a minute left'
  if (seconds < 59.5 * MINUTE) return `about ${String(Math.round(seconds / MINUTE))} min left`
  if (seconds < 2 * DAY) return `about ${String(Math.round(seconds / HOUR))} h left`
  return `about ${formatCount(Math.round(seconds / DAY))} days left`
}

/** Why nothing moves just now, and that nobody needs to do anything. */
export function waitingWords({ side, code }: Waiting): string {
  return `${side} ${code === 'throttled' ? 'is busy' : 'not reachable'}, trying again`
}

/** `3 files not copied`, `1 file changed meanwhile`. */
export function exceptionWords({ notCopied, changed }: ExceptionCounts): string {
  if (notCopied > 0) return `${formatFiles(notCopied)} not copied`
  return changed > 0 ? `${formatFiles(changed)} changed meanwhile` : 'not everything copied'
}

export const menuWords = { edit: 'Edit', view: 'View', window: 'Window', closeWindow: 'Close window', quit: 'Quit' } as const

export interface NotificationFacts {
  readonly bucket: string
  readonly destination: string
  /** Already in words: `3.40 GB in 120 files`. */
  readonly copied: string
  readonly exceptions: ExceptionCounts
  /** When it ended while nobody was here (`yesterday at 14:02`); null for news of this moment. */
  readonly missedAt: string | null
}

interface NotificationWords {
  readonly title: string
  readonly body: string
}

/** Title and body of the one notification of each kind. */
export function notificationWords(kind: NotificationKind, facts: NotificationFacts): NotificationWords {
  const { title, body } = wordsOfKind[kind](facts)
  if (facts.missedAt === null || kind === 'secret-needed') return { title, body }
  return { title, body: `${endVerbs[kind]} while you were away, ${facts.missedAt}. ${body}` }
}

const endVerbs: Readonly<Record<Exclude<NotificationKind, 'secret-needed'>, string>> = {
  completed: 'Finished',
  'completed-with-exceptions': 'Finished',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

const wordsOfKind: Readonly<Record<NotificationKind, (facts: NotificationFacts) => NotificationWords>> = {
  completed: ({ bucket, destination, copied }) => ({
    title: 'Migration complete',
    body: `${bucket} is now in ${destination}: ${copied}.`,
  }),
  'completed-with-exceptions': ({ bucket, destination, copied, exceptions }) => ({
    title: `Migration finished, ${exceptionWords(exceptions)}`,
    body: `The rest of ${bucket} is now in ${destination}: ${copied}. Open the app to see which files and why.`,
  }),
  failed: ({ bucket, copied }) => ({
    title: 'Migration failed',
    body: `${bucket} was not copied to the end (${copied} made it). Open the app to see why and what to do.`,
  }),
  cancelled: ({ bucket, copied }) => ({
    title: 'Migration cancelled',
    body: `Copying ${bucket} was stopped. What was copied stays: ${copied}.`,
  }),
  'secret-needed': ({ bucket }) => ({
    title: 'Your migration is waiting for you',
    body: `A new worker took over ${bucket} and needs the secret key again. Open the app to enter it.`,
  }),
}

export const saveDialogWords = { title: 'Save report', csv: 'CSV table', json: 'JSON', text: 'Text' } as const

/** Instead of a window that crashes again and again. */
export const windowCrashWords = {
  title: `${APP_NAME} cannot show its window`,
  text: 'The window crashed several times in a row. Your migration is not affected: it runs at Carolina Cloud.',
  reload: 'Reload',
  close: 'Close window',
} as const

export const startFailureWords = { title: `${APP_NAME} cannot start` } as const

/** What the keychain is called where the person would look for it. */
export const keychainNames = {
  darwin: 'macOS Keychain',
  win32: 'Windows Credential Manager',
  kde: 'KWallet',
  gnome: 'GNOME Keyring',
  linux: 'your keyring (Secret Service)',
} as const
