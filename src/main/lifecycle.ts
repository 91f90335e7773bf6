import { app, powerMonitor } from 'electron'
import { errorFacts, type Logger } from './logger.ts'

export interface RunningApp {
  readonly showWindow: () => void
  readonly resumed: () => void
  /** Ends timers and streams and forgets secrets. Makes no call to keychain or network. */
  readonly close: () => void
  /** A call of the keychain is still out and would keep the process from ending. */
  readonly isKeychainStuck: () => boolean
}

interface LifecyclePorts {
  readonly start: () => RunningApp
  readonly logger: Logger
}

/** One running app per person; it lives in the tray when its window is closed and ends by Quit only. */
export function runLifecycle({ start, logger }: LifecyclePorts): void {
  if (!app.requestSingleInstanceLock()) {
    // The first one shows its window.
    app.exit(0)
    return
  }
  let running: RunningApp | null = null
  app.on('second-instance', () => running?.showWindow())
  app.on('activate', () => running?.showWindow())
  // Without a listener Electron would quit with the last window.
  app.on('window-all-closed', () => undefined)
  app.on('will-quit', () => running?.close())
  app.on('quit', () => {
    // libsecret waits for an unlock prompt for ever, and Node waits for its worker threads when it ends.
    if (running?.isKeychainStuck()) process.kill(process.pid, 'SIGKILL')
  })
  process.on('unhandledRejection', (error) => logger.error('unhandled-rejection', errorFacts(error)))
  app
    .whenReady()
    .then(() => {
      running = start()
      powerMonitor.on('resume', () => running?.resumed())
      running.showWindow()
    })
    .catch((error: unknown) => {
      logger.error('not-started', errorFacts(error))
      app.exit(1)
    })
}
