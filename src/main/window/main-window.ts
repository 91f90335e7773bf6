import { BrowserWindow, dialog, nativeTheme, screen } from 'electron'
import { APP_NAME, windowCrashWords } from '../copy/app-words.ts'
import { errorFacts, type Logger } from '../logger.ts'
import { APP_START_URL } from '../security/app-url.ts'
import type { WindowBounds } from '../settings/settings-schema.ts'
import { askWhereToSave } from './save-dialog.ts'
import { type CrashChoice, createCrashRecovery } from './crash-recovery.ts'
import { MIN_SIZE, openingBounds } from './window-bounds-rules.ts'
import { createWindowProgressBar, type WindowProgressBar } from './window-progress.ts'

/** From the opening of a window until it surely has the focus, or is behind others. */
const ARRIVAL_MS = 5_000

export interface MainWindowPorts {
  readonly preloadFile: string
  readonly iconFile: string
  readonly logger: Logger
  readonly rememberedBounds: () => WindowBounds | null
  readonly rememberBounds: (bounds: WindowBounds) => void
  /** The page has crashed or another has taken its place. */
  readonly onPageGone: () => void
  readonly onFocused: () => void
  /** It is not in front any more; also when it was opened and did not get there. */
  readonly onLeft: () => void
  readonly onClosed: () => void
}

/** The one window. It is disposable: closing it destroys it, showing it again makes a new one. */
export interface MainWindow {
  /** Opens it, or brings the open one to the front. */
  readonly show: () => void
  /** Null while there is none. */
  readonly contents: () => Electron.WebContents | null
  /** It has the focus, or has just been opened and is about to get it. */
  readonly isInFront: () => boolean
  /** Asks for a file to be written; null when the person thinks better of it. */
  readonly askWhereToSave: (proposedName: string) => Promise<string | null>
  /** On dock or taskbar. */
  readonly setProgress: WindowProgressBar['set']
}

export function createMainWindow(ports: MainWindowPorts): MainWindow {
  let window: BrowserWindow | null = null
  /** Runs out when the window that was opened should be in front by now. */
  let arrival: NodeJS.Timeout | null = null
  const progressBar = createWindowProgressBar(() => window)
  const recovery = createCrashRecovery({ now: Date.now })
  const left = (): void => {
    arrived()
    ports.onLeft()
  }
  const arrived = (): void => {
    if (arrival !== null) clearTimeout(arrival)
    arrival = null
  }
  nativeTheme.on('updated', () => window?.setBackgroundColor(backgroundColor()))

  const open = (): BrowserWindow => {
    const opened = buildWindow(ports)
    opened.once('ready-to-show', () => opened.show())
    arrival = setTimeout(() => {
      arrived()
      if (!opened.isFocused()) ports.onLeft()
    }, ARRIVAL_MS)
    arrival.unref()
    opened.on('blur', left)
    opened.on('minimize', left)
    opened.on('close', () => ports.rememberBounds(opened.getNormalBounds()))
    opened.on('focus', () => {
      arrived()
      progressBar.windowFocused()
      ports.onFocused()
    })
    opened.on('closed', () => {
      arrived()
      window = null
      ports.onClosed()
    })
    opened.webContents.on('render-process-gone', (_event, { reason }) => {
      ports.logger.error('window-crashed', { reason })
      ports.onPageGone()
      // The truth is in main, so a new page loses nothing that was not being typed.
      if (reason !== 'clean-exit' && !opened.isDestroyed()) recovery.crashed(crashedPage(opened))
    })
    // Not at a navigation's start: one that the guards refuse leaves the page where it is.
    opened.webContents.on('did-navigate', ports.onPageGone)
    // Also told when the window is closed while it loads.
    opened.loadURL(APP_START_URL).catch((error: unknown) => ports.logger.warn('window-not-loaded', errorFacts(error)))
    return opened
  }

  return {
    show: () => {
      if (window === null) {
        window = open()
        progressBar.windowOpened()
        return
      }
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    contents: () => window?.webContents ?? null,
    askWhereToSave: (proposedName) => askWhereToSave(window, proposedName),
    isInFront: () => window !== null && (arrival !== null || window.isFocused()),
    setProgress: progressBar.set,
  }
}

function crashedPage(window: BrowserWindow) {
  return {
    reload: () => {
      if (!window.isDestroyed()) window.reload()
    },
    // A crashed page cannot be asked whether it may close.
    close: () => window.destroy(),
    ask: async (): Promise<CrashChoice> => {
      // It may have crashed before it was ever shown.
      window.show()
      const { response } = await dialog.showMessageBox(window, {
        type: 'error',
        title: APP_NAME,
        message: windowCrashWords.title,
        detail: windowCrashWords.text,
        buttons: [windowCrashWords.reload, windowCrashWords.close],
        defaultId: 0,
        cancelId: 1,
        noLink: true,
      })
      return response === 0 ? 'reload' : 'close'
    },
  }
}

function buildWindow({ preloadFile, iconFile, rememberedBounds }: MainWindowPorts): BrowserWindow {
  const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea)
  return new BrowserWindow({
    ...openingBounds(rememberedBounds(), workAreas),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    title: APP_NAME,
    icon: iconFile,
    show: false,
    autoHideMenuBar: true,
    titleBarStyle: process.platform === 'darwin' ? 'hiddenInset' : 'default',
    backgroundColor: backgroundColor(),
    webPreferences: {
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
}

/** The page's own colours, so that neither opening nor resizing flashes. */
const backgroundColor = (): string => (nativeTheme.shouldUseDarkColors ? '#171c21' : '#fbfcfd')
