import { join } from 'node:path'
import { _electron, type ElectronApplication } from '@playwright/test'
import { appEnvironment, type AppPlaces } from '../../scripts/desktop-app/electron-launch.ts'
import { projectRoot } from '../../scripts/local-stack/server-programs.ts'

/** An app to be measured: what to start, and what a person sees when it can be used. */
export interface Subject {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  readonly heading: string
}

const ownFolder = import.meta.dirname
export const bareWindow: Subject = { folder: join(ownFolder, 'bare-window'), env: {}, heading: 'Bare window' }
export const bareTray: Subject = {
  folder: join(ownFolder, 'bare-tray'),
  env: { BENCH_ICON: join(projectRoot, 'resources', 'tray', 'idle.png') },
  heading: 'Bare tray',
}
/** Signed in: its start reads the keychain and asks the API. */
export const product = (places: AppPlaces, heading: string): Subject => ({
  folder: projectRoot,
  env: appEnvironment(places),
  heading,
})

export interface Started {
  readonly electron: ElectronApplication
  /** From the start of the process until its heading was on the screen. */
  readonly startSeconds: number
}

export async function start({ folder, env, heading }: Subject): Promise<Started> {
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const startedAt = performance.now()
  const electron = await _electron.launch({ args: [folder], cwd: folder, env: { ...Object.fromEntries(own), ...env } })
  const page = await electron.firstWindow()
  await page.getByRole('heading', { name: heading }).waitFor()
  return { electron, startSeconds: (performance.now() - startedAt) / 1000 }
}

/** As the X of the window. */
export async function closeWindows(electron: ElectronApplication): Promise<void> {
  for (const page of electron.windows()) {
    const closed = page.waitForEvent('close')
    const window = await electron.browserWindow(page)
    await window.evaluate((handle: Electron.BrowserWindow) => handle.close())
    await closed
  }
}

export function pidOf(electron: ElectronApplication): number {
  const { pid } = electron.process()
  if (pid === undefined) throw new Error('the app has no process')
  return pid
}
