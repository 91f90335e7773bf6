import { app, powerMonitor } from 'electron'
import { type LaunchArguments, parseLaunchArguments } from './launch/launch-arguments.ts'
import { errorFacts, type Logger } from './logger.ts'
import type { QuitGuard } from './closing/quit-guard.ts'

export interface RunningApp extends Pick<QuitGuard, 'beforeQuit' | 'systemEnds'> {
  readonly showWindow: () => void
  /** It was started once more beside itself, or a link of ours was clicked. Null: no link. */
  readonly launchedAgain: (link: string | null) => void
  /** The computer has woken up: no line is what it was. */
  readonly resumed: () => void
  /** Somebody is here again: what waits for the connection tries now. */
  readonly personCame: () => void
  /** Ends timers and streams and forgets secrets. Makes no call to keychain or network. */
  readonly close: () => void
  /** A call of the keychain is still out and would keep the process from ending. */
  readonly isKeychainStuck: () => boolean
}

interface LifecyclePorts {
  readonly start: (launch: LaunchArguments) => RunningApp
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
  let earlyLink: string | null = null
  // A second one always opens the window: on a desktop without a tray it is the way back to it.
  app.on('second-instance', (_event, argv) => running?.launchedAgain(parseLaunchArguments(argv).link))
  // macOS brings links this way, the first one before the app is ready.
  app.on('open-url', (event, link) => {
    event.preventDefault()
    if (running === null) earlyLink = link
    else running.launchedAgain(link)
  })
  app.on('activate', () => running?.showWindow())
  // Without a listener Electron would quit with the last window.
  app.on('window-all-closed', () => undefined)
  app.on('before-quit', (event) => running?.beforeQuit(event))
  app.on('will-quit', () => {
    running?.close()
    // Last of all: an update is installed at this event as well.
    app.once('quit', () => {
      // libsecret waits for an unlock prompt for ever, and Node waits for its worker threads when it ends.
      if (running?.isKeychainStuck()) process.kill(process.pid, 'SIGKILL')
    })
  })
  // Whoever ends the app from outside (the session at logout, a script) waits for no answer either.
  process.on('SIGTERM', () => {
    running?.systemEnds()
    app.quit()
  })
  process.on('unhandledRejection', (error) => logger.error('unhandled-rejection', errorFacts(error)))
  app
    .whenReady()
    .then(() => {
      running = start(firstLaunch(earlyLink))
      powerMonitor.on('resume', () => running?.resumed())
      powerMonitor.on('unlock-screen', () => running?.personCame())
      powerMonitor.on('shutdown', () => running?.systemEnds())
    })
    .catch((error: unknown) => {
      logger.error('not-started', errorFacts(error))
      app.exit(1)
    })
}

function firstLaunch(earlyLink: string | null): LaunchArguments {
  const { link, isLaunchedAtLogin } = parseLaunchArguments(process.argv)
  // macOS gives no arguments to what it starts at login.
  const isMacLogin = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
  return { link: earlyLink ?? link, isLaunchedAtLogin: isLaunchedAtLogin || isMacLogin }
}
