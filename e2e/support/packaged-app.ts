import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, expect, type Page } from '@playwright/test'
import { appEnvironment, type AppPlaces, sandboxArguments } from '../../scripts/desktop-app/electron-launch.ts'
import { projectRoot } from '../../scripts/local-stack/server-programs.ts'
import { type Screens, screensOf } from '../screens/screens.ts'

export const packageFolder = join(projectRoot, 'dist', 'linux-unpacked')
export const packagedProgram = join(packageFolder, 'carolina-migrate')

export interface PackagedApp {
  readonly page: Page
  readonly screens: Screens
  readonly process: ChildProcess
  readonly end: () => Promise<void>
}

/** Starts the packed program. Its inspector is fused off, so it is driven through Chromium's own port. */
export async function startPackagedApp(places: AppPlaces, args: readonly string[] = []): Promise<PackagedApp> {
  const program = spawn(packagedProgram, [...sandboxArguments(), '--remote-debugging-port=0', ...args], {
    cwd: places.userDataFolder,
    env: { ...process.env, ...appEnvironment(places) },
    stdio: 'ignore',
  })
  const exited = new Promise<void>((resolve) => program.once('exit', () => resolve()))
  const portFile = join(places.userDataFolder, 'DevToolsActivePort')
  const readPort = (): Promise<string> => readFile(portFile, 'utf8').then((text) => text.split('\n')[0] ?? '', () => '')
  await expect.poll(readPort).not.toBe('')
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await readPort()}`)
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('the packed app has no page')
  const page = context.pages()[0] ?? (await context.waitForEvent('page'))
  return {
    page,
    screens: screensOf(page),
    process: program,
    async end() {
      program.kill('SIGTERM')
      await exited
      await browser.close()
    },
  }
}
