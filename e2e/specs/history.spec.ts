import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../support/fixtures.ts'
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
