import { spawn } from 'node:child_process'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { appEnvironment, type AppPlaces, sandboxArguments } from '../../scripts/desktop-app/electron-launch.ts'
import { projectRoot } from '../../scripts/local-stack/server-programs.ts'
import { readRuntime } from '../../scripts/local-stack/runtime.ts'
import { type Screens, screensOf } from '../screens/screens.ts'

/** One start of the real app. */
export interface RunningApp {
  readonly electron: ElectronApplication
  readonly page: Page
  readonly screens: Screens
  /** As the X of the window: the app lives on in the tray. */
  closeWindow(): Promise<void>
  /** Waits for the next window, for instance after a click in the tray. */
  nextWindow(open: () => Promise<void> | void): Promise<{ page: Page; screens: Screens }>
  /** Quits it as the menu would, and waits until the process is gone. */
  quit(): Promise<void>
}

/** The app without a window, as it is started at login. */
export type TrayApp = Omit<RunningApp, 'page' | 'screens'>

/** `env`: what differs from the test's own environment. */
export async function startApp(places: AppPlaces, env: Readonly<Record<string, string>> = {}): Promise<RunningApp> {
  const app = await launch({ ...environmentFor(places), ...env }, [])
  const page = await app.electron.firstWindow()
  return { ...app, page, screens: screensOf(page) }
}

export const startAtLogin = (places: AppPlaces): Promise<TrayApp> => launch(environmentFor(places), ['--launched-at-login'])

async function launch(env: Record<string, string>, more: readonly string[]): Promise<TrayApp> {
  const electron = await _electron.launch({ args: [projectRoot, ...more], cwd: projectRoot, env })
  return {
    electron,
    closeWindow: async () => {
      for (const open of electron.windows()) {
        const closed = open.waitForEvent('close')
        const window = await electron.browserWindow(open)
        await window.evaluate((handle: Electron.BrowserWindow) => handle.close())
        await closed
      }
    },
    nextWindow: async (open) => {
      const [next] = await Promise.all([electron.waitForEvent('window'), open()])
      return { page: next, screens: screensOf(next) }
    },
    quit: () => electron.close(),
  }
}

/** Starts the program once more beside the running one; resolves with its exit code. */
export function startSecond(places: AppPlaces): Promise<number | null> {
  const program = spawn(readRuntime().electron.program, [...sandboxArguments(), projectRoot], {
    cwd: projectRoot,
    env: environmentFor(places),
    stdio: 'ignore',
  })
  return new Promise((resolve, reject) => {
    program.once('error', reject)
    program.once('exit', resolve)
  })
}

function environmentFor(places: AppPlaces): Record<string, string> {
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { ...Object.fromEntries(own), ...appEnvironment(places) }
}

