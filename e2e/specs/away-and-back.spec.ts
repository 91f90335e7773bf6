import { expect, test } from '../support/fixtures.ts'
import { latestMigration, moveBackOneDay } from '../support/days-later.ts'
import type { DesktopStub } from '../desktop/desktop-stub.ts'
import type { RunningApp, TrayApp } from '../support/running-app.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { ARCHIVE, NOTES } from '../support/sample-data.ts'
import { startCopying } from '../support/start-migration.ts'

/** From the moment there is a window until the truth is shown. */
const SOON = { timeout: 2_000 }
const ENDED = { timeout: 30_000 }

/** Besides the one that says, once ever, that the app stays in the tray. */
const ofMigrations = (desktop: DesktopStub) => desktop.notifications().filter(({ summary }) => summary.startsWith('Migration'))

/** Behind the windows of other programs. */
async function leaveWindow({ electron, page }: RunningApp): Promise<void> {
  const window = await electron.browserWindow(page)
  await window.evaluate((handle: Electron.BrowserWindow) => handle.blur())
  await expect.poll(() => window.evaluate((handle: Electron.BrowserWindow) => handle.isFocused())).toBe(false)
}

test.describe('what has ended a day ago, while the app was closed', () => {
  test.beforeEach(async ({ signedIn, stack, account }) => {
    await startCopying(signedIn.screens, stack.entry(NOTES), account)
    await signedIn.quit()
    const latest = () => latestMigration(stack.apiOrigin, account.apiKey)
    await expect.poll(async () => (await latest())?.finishedAt ?? null, ENDED).not.toBeNull()
    await moveBackOneDay(stack, (await latest())?.id ?? '')
  })

  test('S14: is told by the window that opens, with the time, and never again', async ({ start, startInTray, desktop }) => {
    const second = await start()
    const missed = second.page.getByText(/^Finished yesterday at \d\d:\d\d, while you were away\.$/)
    await expect(second.screens.outcome.complete).toBeVisible(SOON)
    await expect(missed).toBeVisible()
    await second.quit()

    await (await trayKnows(await startInTray(), desktop)).quit()
    const third = await start()
    await expect(third.screens.outcome.complete).toBeVisible(SOON)
    await expect(third.page.getByText('while you were away')).toBeHidden()
    expect(ofMigrations(desktop)).toEqual([])
  })

  test('S14: is told by one notification of an app that starts into the tray; a click leads to it', async ({
    account,
    startInTray,
    desktop,
  }) => {
    const second = await startInTray()
    await expect.poll(() => ofMigrations(desktop).length).toBe(1)
    const [told] = ofMigrations(desktop)
    expect(told?.summary).toBe('Migration complete')
    expect(told?.body).toMatch(/^Finished while you were away, yesterday at \d\d:\d\d\. few-notes is now in My Storage/)
    const { screens } = await second.nextWindow(() => desktop.clickNotification(told?.id ?? 0))
    await expect(screens.outcome.complete).toBeVisible(SOON)

    await screens.rail.signOutButton.click()
    await screens.signIn.signIn(account.apiKey)
    await expect(screens.outcome.complete).toBeVisible()
    await second.quit()
    await (await trayKnows(await startInTray(), desktop)).quit()
    expect(ofMigrations(desktop)).toHaveLength(1)
  })
})

async function trayKnows(app: TrayApp, desktop: DesktopStub): Promise<TrayApp> {
  // The newest icon may still be the one of the start before.
  const tooltip = async () => (await desktop.tray()).tooltip().catch(() => 'gone')
  await expect.poll(tooltip).toContain('migration complete')
  return app
}

test('an end that comes while the window is in front elsewhere is told there, and a button leads to it (S14)', async ({
  signedIn,
  stack,
  account,
  desktop,
}) => {
  const { page, screens } = signedIn
  await startCopying(screens, stack.entry(NOTES), account)
  const settings = new SettingsScreen(page)
  await settings.open()
  const news = page.getByRole('status').filter({ hasText: `Migration complete: ${NOTES}` })
  await expect(news).toBeVisible(ENDED)
  await expect(settings.heading).toBeVisible()
  await news.getByRole('button', { name: 'Show' }).click()
  await expect(screens.outcome.complete).toBeVisible()
  await expect(news).toBeHidden()
  await leaveWindow(signedIn)
  expect(ofMigrations(desktop)).toEqual([])
})

test('a click on a notification leads to its migration, from Settings and though another one runs (S14)', async ({
  signedIn,
  stack,
  account,
  desktop,
}) => {
  const { page, screens } = signedIn
  await startCopying(screens, stack.entry(NOTES), account)
  await leaveWindow(signedIn)
  await expect.poll(() => ofMigrations(desktop).length, ENDED).toBe(1)
  await screens.outcome.startAnotherButton.click()
  await startCopying(screens, stack.entry(ARCHIVE), account)
  await new SettingsScreen(page).open()

  desktop.clickNotification(ofMigrations(desktop)[0]?.id ?? 0)
  await expect(screens.outcome.complete).toBeVisible()
  expect(ofMigrations(desktop)).toHaveLength(1)
})
