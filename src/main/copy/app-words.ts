import type { NotificationKind } from '../notifications/notification-rules.ts'

/** All words that main shows itself. The window's words live in the renderer's own copy. */
export const APP_NAME = 'Carolina Migrate'

export const trayWords = {
  open: `Open ${APP_NAME}`,
  cancel: 'Cancel migration…',
  quit: 'Quit',
  idle: `${APP_NAME} — no migration running`,
  queued: 'waiting for a worker',
  awaitingCredentials: 'handing over the source secret',
  secretNeeded: 'needs the source secret again',
  sizing: 'calculating total size…',
  paused: 'paused',
  verifying: 'verifying',
  cancelling: 'cancelling',
  completed: 'migration complete',
  failed: 'migration failed',
  cancelled: 'migration cancelled',
  reconnecting: 'reconnecting',
} as const

export const menuWords = { edit: 'Edit', window: 'Window', closeWindow: 'Close window', quit: 'Quit' } as const

export interface NotificationFacts {
  readonly bucket: string
  readonly destination: string
  /** Already in words: `3.40 GB in 120 files`. */
  readonly copied: string
}

/** Title and body of the one notification of each kind. */
export const notificationWords: Readonly<
  Record<NotificationKind, (facts: NotificationFacts) => { readonly title: string; readonly body: string }>
> = {
  completed: ({ bucket, destination, copied }) => ({
    title: 'Migration complete',
    body: `${bucket} is now in ${destination}: ${copied}.`,
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
    body: `A new worker took over ${bucket} and needs the source secret again. Open the app to enter it.`,
  }),
}

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
