import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { type Screens, screensOf } from '../../e2e/screens/screens.ts'
import { projectRoot } from '../local-stack/server-programs.ts'
import { PERSONAL_BUCKET_NAME } from './demo-account.ts'

export const TOUR_PREFIX = 'imported/'
export const outputFolder = join(projectRoot, 'demo-output')

const STEP_MS = 30_000
const COPY_MS = 240_000

export interface Tour {
  /** What the window said at the end. */
  readonly outcome: 'completed' | 'completed-with-exceptions' | 'failed' | 'cancelled'
  readonly electron: string
}

interface TourOptions {
  readonly env: Record<string, string>
  readonly signal: AbortSignal
  readonly onStep: (line: string) => void
}

/** Goes through the whole wizard in the real window, as a person would, and takes a picture of each screen. */
export async function takeTour({ env, signal, onStep }: TourOptions): Promise<Tour> {
  await rm(outputFolder, { recursive: true, force: true })
  await mkdir(outputFolder, { recursive: true })
  const app = await launch(env)
  const close = (): void => void app.close().catch(() => undefined)
  signal.addEventListener('abort', close, { once: true })
  try {
    signal.throwIfAborted()
    const electron = await app.evaluate(() => process.versions.electron)
    const page = await app.firstWindow()
    page.setDefaultTimeout(STEP_MS)
    onStep(`Window open (Electron ${electron})`)
    const outcome = await walkThrough(page, onStep)
    return { outcome, electron }
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', close)
    await app.close()
  }
}

/** Playwright would end this process at a signal, before the demo has cleaned up: its listeners are taken off again. */
async function launch(env: Record<string, string>): Promise<ElectronApplication> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const before = signals.map((name) => process.listeners(name))
  const app = await _electron.launch({ args: [projectRoot], cwd: projectRoot, env, timeout: STEP_MS })
  signals.forEach((name, index) => {
    for (const listener of process.listeners(name)) if (!before[index]?.includes(listener)) process.off(name, listener)
  })
  return app
}

async function walkThrough(page: Page, onStep: (line: string) => void): Promise<Tour['outcome']> {
  const screens = screensOf(page)
  let taken = 0
  const picture = async (name: string): Promise<void> => {
    taken += 1
    await page.screenshot({ path: join(outputFolder, `${String(taken).padStart(2, '0')}-${name}.png`) })
    onStep(`Picture: ${name}`)
  }
  await screens.signIn.demoButton.waitFor()
  await picture('sign-in')
  await screens.signIn.demoButton.click()
  await fillWizard(screens, picture)
  await screens.review.startButton.click()
  await screens.current.card.waitFor()
  await picture('started')
  await watchCopy(page, screens, picture)
  await screens.outcome.ended().waitFor({ timeout: COPY_MS })
  const outcome = await shownOutcome(screens)
  await picture(outcome === 'completed' ? 'complete' : outcome)
  return outcome
}

async function shownOutcome({ outcome: { complete, withExceptions, failed } }: Screens): Promise<Tour['outcome']> {
  if (await complete.isVisible()) return 'completed'
  if (await withExceptions.isVisible()) return 'completed-with-exceptions'
  return (await failed.isVisible()) ? 'failed' : 'cancelled'
}

async function fillWizard(screens: Screens, picture: (name: string) => Promise<void>): Promise<void> {
  const { source, destination, review } = screens
  await source.heading.waitFor()
  await picture('source')
  await source.fillDemoButton.click()
  await source.checkButton.click()
  await source.continueButton.waitFor()
  await picture('source-checked')
  await source.continueButton.click()
  await destination.bucket(PERSONAL_BUCKET_NAME).click()
  await destination.prefix.fill(TOUR_PREFIX)
  await picture('destination')
  await destination.continueButton.click()
  await review.startButton.waitFor()
  await picture('review')
}

/** Somewhere in the middle, with the worker's log open. A copy that ended before is shown by the next picture. */
async function watchCopy(page: Page, { current, outcome }: Screens, picture: (name: string) => Promise<void>): Promise<void> {
  const ended = outcome.ended()
  const inTheMiddle = current.card.getByText(/^[2-9]\d%$/)
  await inTheMiddle.or(ended).waitFor({ timeout: COPY_MS })
  if (await ended.isVisible()) return
  await current.activityButton.click()
  await current.activityLines.first().or(ended).waitFor()
  if (await ended.isVisible()) return
  await current.activityButton.scrollIntoViewIfNeeded()
  await picture('copying')
}
