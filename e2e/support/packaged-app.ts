import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium, expect, type Page } from '@playwright/test'
import { appEnvironment, type AppPlaces, sandboxArguments } from '../../scripts/desktop-app/electron-launch.ts'
import { type Screens, screensOf } from '../screens/screens.ts'

export interface PackagedLaunch {
  readonly program: string
  readonly places: AppPlaces
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export interface PackagedApp {
  readonly page: Page
  readonly screens: Screens
  readonly process: ChildProcess
  /** Its exit code, once it has ended. */
  readonly exited: Promise<number | null>
  readonly end: () => Promise<void>
}

/** The packed program as the desktop would start it. */
export function spawnPackaged({ program, places, args = [], env = {} }: PackagedLaunch): ChildProcess {
  return spawn(program, [...sandboxArguments(), ...args], {
    cwd: places.userDataFolder,
    env: { ...process.env, ...appEnvironment(places), ...env },
    stdio: 'ignore',
  })
}

/** Starts the packed program. Its inspector is fused off, so it is driven through Chromium's own port. */
export async function startPackagedApp(launch: PackagedLaunch): Promise<PackagedApp> {
  const program = spawnPackaged({ ...launch, args: ['--remote-debugging-port=0', ...(launch.args ?? [])] })
  const exited = once(program, 'exit').then(([code]) => code as number | null)
  const { browser, page } = await connect(launch.places).catch((error: unknown) => {
    program.kill('SIGKILL')
    throw error
  })
  return {
    page,
    screens: screensOf(page),
    process: program,
    exited,
    async end() {
      program.kill('SIGTERM')
      await exited
      await browser.close()
    },
  }
}

async function connect({ userDataFolder }: AppPlaces): Promise<{ readonly browser: Browser; readonly page: Page }> {
  const portFile = join(userDataFolder, 'DevToolsActivePort')
  const address = async () => `http://127.0.0.1:${(await readFile(portFile, 'utf8')).split('\n')[0] ?? ''}`
  const pages = async () => (await (await fetch(`${await address()}/json/list`)).json()) as readonly { readonly url: string }[]
  // Playwright's connecting sometimes never ends where there is no page yet.
  await expect.poll(() => pages().catch(() => [])).toContainEqual(expect.objectContaining({ type: 'page' }))
  const browser = await chromium.connectOverCDP(await address())
  const page = browser.contexts()[0]?.pages()[0]
  if (page === undefined) throw new Error('the packed app has no page')
  return { browser, page }
}
