import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../support/fixtures.ts'
import { startFaultyNetwork } from '../support/faulty-network.ts'
import { addPastMigrations } from '../support/past-migrations.ts'
import { startApp } from '../support/running-app.ts'
import { ARCHIVE, NOTES, PHOTOS } from '../support/sample-data.ts'
import { startCopying, startMigration } from '../support/start-migration.ts'

test('history: newest first, searched, opened, and run again once the live one is gone (B6, B4)', async ({ signedIn, stack, account }) => {
  test.setTimeout(90_000)
  const { history, rail, outcome, current } = signedIn.screens
  const entry = stack.entry(PHOTOS)
  await startMigration(signedIn.screens, entry, account)
  await expect(outcome.complete).toBeVisible({ timeout: 30_000 })
  await outcome.startAnotherButton.click()
  await startCopying(signedIn.screens, stack.entry(NOTES), account)
  await current.cancel()
  await expect(outcome.cancelled).toBeVisible()
  await outcome.startAnotherButton.click()
  await startCopying(signedIn.screens, stack.entry(ARCHIVE), account)

  await test.step('newest first, each with how it ended', async () => {
    await rail.history.click()
    await expect(history.rows).toHaveText([
      new RegExp(`${ARCHIVE}.*Copying`),
      new RegExp(`${NOTES}.*Cancelled`),
      new RegExp(`${PHOTOS}.*Complete.*7 files`),
    ])
  })

  await test.step('search', async () => {
    await history.search.fill('photo')
    await expect(history.rows).toHaveText([new RegExp(PHOTOS)])
    await history.search.fill('nowhere')
    await expect(history.noMatch('nowhere')).toBeVisible()
    await history.search.press('Escape')
    await expect(history.rows).toHaveCount(3)
  })

  await test.step('an ended one opens beside the live one, and cannot run while that one does', async () => {
    await history.row(PHOTOS).click()
    await expect(outcome.complete).toBeVisible()
    await expect(outcome.files).toHaveText('7')
    await expect(rail.current).toContainText('%')
    await outcome.runAgainButton.click()
    await outcome.secretKey.fill(entry.secretAccessKey)
    await outcome.runAgainButton.click()
    await expect(outcome.refusal).toContainText('You already have a migration in progress')
    await history.backButton.click()
    await expect(history.row(PHOTOS)).toBeFocused()
    await history.row(ARCHIVE).click()
    await expect(current.percent).toBeVisible()
    await current.cancel()
    await expect(outcome.cancelled).toBeVisible()
  })

  await test.step('run again from there', async () => {
    await rail.history.click()
    await history.row(PHOTOS).click()
    await outcome.runAgainButton.click()
    await outcome.secretKey.fill(entry.secretAccessKey)
    await outcome.runAgainButton.click()
    await expect(outcome.alreadyThere).toHaveText('7', { timeout: 30_000 })
    await rail.history.click()
    await expect(history.row(PHOTOS)).toHaveCount(2)
  })
})

test('the history is the account’s: another installation of the app shows the same (B6)', async ({ signedIn, stack, account, places }) => {
  const { outcome, rail, history } = signedIn.screens
  await startMigration(signedIn.screens, stack.entry(PHOTOS, 'docs/'), account)
  await expect(outcome.complete).toBeVisible({ timeout: 30_000 })
  await rail.history.click()
  await expect(history.row(PHOTOS)).toContainText('Complete')
  const shown = await history.rows.allInnerTexts()

  const userDataFolder = await mkdtemp(join(stack.privateFolder, 'user-data-'))
  const other = await startApp({ ...places, userDataFolder })
  try {
    await other.screens.rail.history.click()
    await expect(other.screens.history.rows).toHaveCount(1)
    expect(await other.screens.history.rows.allInnerTexts()).toEqual(shown)
    await other.screens.history.row(PHOTOS).click()
    await expect(other.screens.outcome.complete).toBeVisible()
    await expect(other.screens.outcome.saveReportButton).toBeVisible()
  } finally {
    await other.quit()
    await rm(userDataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
})

test('more than a thousand are paged to the end; each says when it was, in full where it is asked for (B6)', async ({
  signedIn,
  stack,
  account,
}) => {
  const COUNT = 1_005
  await addPastMigrations(stack, account, COUNT)
  const { history, rail, outcome } = signedIn.screens
  await rail.history.click()
  await expect(history.row('past-1').first()).toContainText('less than a second')
  // Found by their ids: asking a thousand rows for their roles takes long.
  const listed = signedIn.page.locator('[data-key]')
  for (let pages = 1; pages * 100 < COUNT; pages++) {
    await expect(listed).toHaveCount(pages * 100)
    await history.showMore.click()
  }
  await expect(history.showMore).toBeHidden()
  await expect(listed).toHaveCount(COUNT)

  await history.search.fill(`past-${String(COUNT)}`)
  await expect(history.rows).toHaveCount(1)
  await history.rows.click()
  await expect(outcome.cancelled).toBeVisible()
  const began = new Date(Date.now() - COUNT * 3_600_000)
  await expect(outcome.startedAt).toContainText(`${began.toLocaleDateString('en-US', { month: 'short', day: 'numeric' })}, `)
  await expect(outcome.startedAt).toHaveAttribute('title', / at \d\d:\d\d:\d\d [A-Z]/)
  await expect(outcome.endedAt).toBeVisible()
  await expect(outcome.took).toHaveText('Less than a second')
})

test('a slow answer shows that it loads, a lost one can be asked for again (B6, E10)', async ({ places, stack, account, desktop }) => {
  void desktop
  await addPastMigrations(stack, account, 3)
  const network = await startFaultyNetwork(stack.apiOrigin)
  const app = await startApp({ ...places, apiOrigin: network.origin })
  try {
    const { signIn, source, rail, history } = app.screens
    await signIn.signIn(account.apiKey)
    await expect(source.heading).toBeVisible()
    await network.freeze()
    await rail.history.click()
    await expect(app.page.getByText('Loading your migrations…')).toBeVisible()
    await network.cut()
    await expect(history.refusal).toContainText('Can’t reach Carolina Cloud.')
    await network.restore()
    await history.refusal.getByRole('button', { name: 'Try again' }).click()
    await expect(history.rows).toHaveCount(3)
    await expect(history.refusal).toBeHidden()
  } finally {
    await app.quit()
    await network.stop()
  }
})

test('what one computer starts, another one of the same account watches and cancels (B6, S7)', async ({
  signedIn,
  stack,
  account,
  places,
}) => {
  const userDataFolder = await mkdtemp(join(stack.privateFolder, 'user-data-'))
  const other = await startApp({ ...places, userDataFolder })
  try {
    await other.screens.source.heading.waitFor()
    await startCopying(signedIn.screens, stack.entry(ARCHIVE), account)
    const { rail, history, current, outcome } = other.screens
    await rail.history.click()
    await history.row(ARCHIVE).click()
    await expect(current.percent).toBeVisible()
    const percent = await current.percentNow()
    await expect.poll(() => current.percentNow()).toBeGreaterThan(percent)
    await current.cancel()
    await expect(outcome.cancelled).toBeVisible()
    await expect(signedIn.screens.outcome.cancelled).toBeVisible()
  } finally {
    await other.quit()
    await rm(userDataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
})
