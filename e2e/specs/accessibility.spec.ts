import type { Page } from '@playwright/test'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { axeComplaints } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'
import type { RunningApp } from '../support/running-app.ts'
import { hearLiveRegions } from '../support/live-regions.ts'
import { NOTES, PHOTOS, RECORDINGS } from '../support/sample-data.ts'
import { startMigration } from '../support/start-migration.ts'

/** In both themes. All rarer states of the same screens are held to it in test/gallery. */
async function expectNothingFrom(page: Page, screen: string): Promise<void> {
  // What is hovered lies under a veil, whose colours axe does not mix.
  await page.mouse.move(899, 0)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const complaints = await axeComplaints(page, colorScheme === 'light' ? 'all' : 'colours')
    expect.soft(complaints, `${screen}, ${colorScheme}`).toEqual([])
  }
}

test('axe finds nothing on the way from signing in to the settings, in either theme (B13)', async ({ app, account, faultySource }) => {
  const { page, screens } = app
  const { signIn, rail, source, destination, review, current, outcome, history } = screens
  const entry = faultySource.entry(NOTES)
  faultySource.faults.denied.add('note 020.txt')

  await test.step('sign in', async () => {
    await expectNothingFrom(page, 'sign in')
    await signIn.signIn('cc_not-a-key-of-anyone')
    await signIn.refusal.waitFor()
    await expectNothingFrom(page, 'sign in, refused')
    await signIn.signIn(account.apiKey)
    await source.heading.waitFor()
  })
  await test.step('the wizard', async () => {
    await source.checkButton.click()
    await expectNothingFrom(page, 'source, nothing filled in')
    await source.provider.press('ArrowDown')
    await page.getByRole('listbox').waitFor()
    await expectNothingFrom(page, 'source, list of providers')
    await page.keyboard.press('Escape')
    await source.check({ ...entry, secretAccessKey: 'wrong-secret' })
    await expect(source.findings).toContainText('SignatureDoesNotMatch')
    await expectNothingFrom(page, 'source, refused')
    await source.check(entry)
    await page.getByRole('button', { name: 'Which permissions?' }).click()
    await source.continueButton.waitFor()
    await expectNothingFrom(page, 'source, passed')
    await source.continueButton.click()
    await destination.bucket(account.bucketName).waitFor()
    await expectNothingFrom(page, 'destination')
    await destination.pass(account.bucketName)
    await expectNothingFrom(page, 'review')
    await review.startButton.click()
  })
  await test.step('the migration', async () => {
    await current.activityButton.click()
    await current.cancelButton.click()
    await expectNothingFrom(page, 'copying')
    await current.keepCopyingButton.click()
    await outcome.withExceptions.waitFor({ timeout: 30_000 })
    await outcome.exceptions.waitFor()
    await outcome.copyFailedButton.click()
    await outcome.secretKey.waitFor()
    await expectNothingFrom(page, 'finished with exceptions')
  })
  await test.step('history and settings', async () => {
    await rail.history.click()
    await history.row(NOTES).waitFor()
    await expectNothingFrom(page, 'history')
    await history.search.fill('nowhere')
    await history.noMatch('nowhere').waitFor()
    await expectNothingFrom(page, 'history, no hit')
    const settings = new SettingsScreen(page)
    await settings.open()
    await settings.unfold('Diagnostics report')
    await settings.diagnostics.waitFor()
    await settings.unfold('Licences')
    await settings.licences.first().waitFor()
    await expectNothingFrom(page, 'settings')
  })
})

test('screen readers hear of the progress and its end once, and nothing that ticks (B13)', async ({ signedIn, stack, account }) => {
  const { page, screens } = signedIn
  const { current, outcome } = screens
  const heard = await hearLiveRegions(page)
  await startMigration(screens, stack.entry(RECORDINGS), account)
  await current.percent.waitFor()
  const elapsed = await current.elapsed.innerText()
  // It takes a dozen seconds: the clock, the percents, the speed and the time left tick all the while.
  await outcome.complete.waitFor({ timeout: 40_000 })
  expect(elapsed).toMatch(/\d/)
  const said = await heard()
  expect(said.filter((words) => words === 'Migration complete')).toHaveLength(1)
  expect(said.filter((words) => words.startsWith('Copying'))).not.toEqual([])
  const ofMigration = said.slice(said.findIndex((words) => words.startsWith('Waiting for a worker')))
  expect(ofMigration.length).toBeLessThanOrEqual(8)
  expect(new Set(ofMigration).size).toBe(ofMigration.length)
})

test('Ctrl and plus enlarge the page to 200 %, and everything can still be reached (B13)', async ({ signedIn, stack, account }) => {
  const { electron, page, screens } = signedIn
  const zoom = () => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getZoomFactor())
  await startMigration(screens, stack.entry(PHOTOS), account)
  await screens.outcome.complete.waitFor({ timeout: 30_000 })
  for (let presses = 0; presses < 8 && (await zoom()) < 2; presses++) await pressInWindow(signedIn, '=')
  expect(await zoom()).toBeGreaterThanOrEqual(2)

  const { rail } = screens
  for (const place of [rail.current, rail.newMigration, rail.history, page.getByRole('button', { name: 'Settings', exact: true })]) {
    await place.press('Enter')
    const isWide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')
    expect(isWide).toBe(false)
    for (const button of await page.getByRole('button', { disabled: false }).all()) await button.click({ trial: true })
  }
  await pressInWindow(signedIn, '0')
  await expect.poll(zoom).toBe(1)
})

/** With Ctrl; the debugger's own keys never come to the menu. */
async function pressInWindow({ electron, page }: RunningApp, keyCode: string): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, key) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!
    webContents.sendInputEvent({ type: 'keyDown', keyCode: key, modifiers: ['control'] })
    webContents.sendInputEvent({ type: 'keyUp', keyCode: key, modifiers: ['control'] })
  }, keyCode)
  // It comes back from the page before the menu takes it.
  await page.evaluate('new Promise(requestAnimationFrame)')
}
