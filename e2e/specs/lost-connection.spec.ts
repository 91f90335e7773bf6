import type { ElectronApplication } from '@playwright/test'
import { expect, test as base } from '../support/fixtures.ts'
import { type FaultyNetwork, startFaultyNetwork } from '../support/faulty-network.ts'
import { ARCHIVE } from '../support/sample-data.ts'
import { startCopying } from '../support/start-migration.ts'

/** From the moment the network is back until the truth is shown. */
const SOON = { timeout: 2_000 }
/** A frozen line is noticed by its silence only. */
const NOTICED = { timeout: 10_000 }

const test = base.extend<{ network: FaultyNetwork }>({
  network: async ({ stack }, use) => {
    const network = await startFaultyNetwork(stack.apiOrigin)
    await use(network)
    await network.stop()
  },
  places: async ({ places, network }, use) => use({ ...places, apiOrigin: network.origin }),
})

/** Electron's word that the computer sleeps and wakes: the one thing here that is not real. */
const power = (electron: ElectronApplication, event: 'suspend' | 'resume') =>
  electron.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event)

test('S18: with the network cut, the window says since when; with it back, it shows the truth within 2 s', async ({
  signedIn,
  stack,
  account,
  network,
  desktop,
}) => {
  const { page, screens } = signedIn
  await startCopying(screens, stack.entry(ARCHIVE), account)
  const tray = await desktop.tray()
  await network.cut()
  const notice = page.getByRole('status').filter({ hasText: 'Can’t reach Carolina Cloud since' })
  await expect(notice).toContainText(/since \d\d:\d\d\.The migration goes on/)
  // Else a screen reader would read every notice again each time that one of them comes or goes.
  await expect(notice).toHaveAttribute('aria-atomic', 'false')
  await expect.poll(() => tray.tooltip()).toMatch(/^Carolina Migrate — no connection since \d\d:\d\d · last seen at \d+ %$/)
  const before = await screens.current.percentNow()
  // Long enough for the app's own waits to have grown beyond what is allowed on return.
  await expect.poll(() => copiedPercent(stack.apiOrigin, account.apiKey), { timeout: 20_000 }).toBeGreaterThan(before + 10)

  await network.restore()
  await expect(notice).toBeHidden(SOON)
  await expect.poll(() => screens.current.percentNow(), SOON).toBeGreaterThan(before + 10)
})

test('S18: a network that falls silent is noticed; an end meanwhile is told within 2 s of its return', async ({
  signedIn,
  stack,
  account,
  network,
}) => {
  const { page, screens } = signedIn
  await startCopying(screens, stack.entry(ARCHIVE), account)
  await network.freeze()
  const notice = page.getByRole('status').filter({ hasText: 'Can’t reach Carolina Cloud since' })
  await expect(notice).toBeVisible(NOTICED)
  await account.cancelLive()
  await expect.poll(() => copiedPercent(stack.apiOrigin, account.apiKey)).toBeNull()

  await network.restore()
  await expect(screens.outcome.cancelled).toBeVisible(SOON)
  await expect(notice).toBeHidden(SOON)
})

test('S18: after sleep the truth is there within 2 s, though the old line is dead', async ({ signedIn, stack, account, network }) => {
  const { electron, screens } = signedIn
  await startCopying(screens, stack.entry(ARCHIVE), account)
  await power(electron, 'suspend')
  await network.freeze()
  await account.cancelLive()
  await expect.poll(() => copiedPercent(stack.apiOrigin, account.apiKey)).toBeNull()
  await network.restore()
  await power(electron, 'resume')
  await expect(screens.outcome.cancelled).toBeVisible(SOON)
})

test('S14, S18: started without a network it says so, and signs in within 2 s of its return', async ({
  signedIn,
  stack,
  account,
  network,
  start,
}) => {
  await startCopying(signedIn.screens, stack.entry(ARCHIVE), account)
  await signedIn.quit()
  for (const lose of [network.cut, network.freeze]) {
    await lose()
    const { page, screens, quit } = await start()
    await expect(page.getByText(/^Can’t reach Carolina Cloud since \d\d:\d\d\.$/)).toBeVisible()
    await network.restore()
    await expect(screens.current.percent).toBeVisible(SOON)
    await quit()
  }
})

test('B8: a restart of the API ends nothing and loses nothing', async ({ signedIn, stack, account }) => {
  const { page, screens } = signedIn
  await startCopying(screens, stack.entry(ARCHIVE), account)
  const before = await screens.current.percentNow()
  await stack.api.stop()
  const notice = page.getByRole('status').filter({ hasText: 'Can’t reach Carolina Cloud since' })
  await expect(notice).toBeVisible()
  expect(await screens.current.percentNow()).toBeGreaterThanOrEqual(before)
  await stack.api.start()
  await expect(notice).toBeHidden(SOON)
  await expect.poll(() => screens.current.percentNow()).toBeGreaterThan(before)
  await expect(screens.outcome.ended()).toBeHidden()
})

/** As the API itself says, past the app and its network; null when the migration has ended. */
async function copiedPercent(apiOrigin: string, apiKey: string): Promise<number | null> {
  const answer = await fetch(`${apiOrigin}/v1/migrations`, { headers: { authorization: `Bearer ${apiKey}` } })
  const { migrations } = (await answer.json()) as {
    migrations: { finishedAt: string | null; progress: { copiedBytes: number; totalBytes: number | null } }[]
  }
  const [newest] = migrations
  if (newest === undefined || newest.finishedAt !== null) return null
  const { copiedBytes, totalBytes } = newest.progress
  return totalBytes === null ? 0 : Math.floor((100 * copiedBytes) / totalBytes)
}
