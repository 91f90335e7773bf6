import { join } from 'node:path'
import { expect, test } from '../support/fixtures.ts'
import { tabAround, tabTo } from '../support/keyboard.ts'
import { ARCHIVE, NOTES } from '../support/sample-data.ts'
import { answerSaveDialog, readCsvReport } from '../support/save-report.ts'
import { startMigration } from '../support/start-migration.ts'

test('everything can be done by keyboard alone: sign in, wizard, cancel, sign out (B13)', async ({ app, stack, account }) => {
  const { page, screens } = app
  const { signIn, source, destination, review, current, outcome, rail } = screens
  const { keyboard } = page
  const entry = stack.entry(ARCHIVE)

  await test.step('sign in', async () => {
    await expect(signIn.apiKey).toBeFocused()
    await keyboard.type(account.apiKey)
    await keyboard.press('Enter')
    await expect(source.heading).toBeFocused()
  })

  await test.step('source', async () => {
    await tabAround(page)
    await tabTo(page, source.provider)
    await keyboard.type('custom')
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    for (const [field, text] of [
      [source.endpoint, entry.endpoint],
      [source.accessKey, entry.accessKeyId],
      [source.secretKey, 'wrong-secret'],
      [source.bucket, entry.bucket],
    ] as const) {
      await tabTo(page, field)
      await keyboard.type(text)
    }
    await keyboard.press('Enter')
    await expect(source.findings).toBeFocused()
    await expect(source.findings).toContainText('SignatureDoesNotMatch')
    await tabTo(page, source.secretKey, 'Shift+Tab')
    await keyboard.press('ControlOrMeta+A')
    await keyboard.type(entry.secretAccessKey)
    await keyboard.press('Enter')
    await expect(source.continueButton).toBeVisible()
    await expect(source.secretKey).toBeFocused()
    await keyboard.press('Enter')
    await expect(destination.heading).toBeFocused()
  })

  await test.step('destination', async () => {
    const radio = destination.buckets.getByRole('radio')
    await expect(radio).toBeChecked()
    await tabAround(page)
    await tabTo(page, radio)
    await tabTo(page, destination.prefix)
    await keyboard.type('by-keyboard/')
    await tabTo(page, destination.continueButton)
    await keyboard.press('Enter')
    await expect(review.heading).toBeFocused()
  })

  await test.step('review, and back without losing anything', async () => {
    await tabAround(page)
    await tabTo(page, review.backButton)
    await keyboard.press('Space')
    await expect(destination.heading).toBeFocused()
    await expect(destination.prefix).toHaveValue('by-keyboard/')
    await tabTo(page, destination.continueButton)
    await keyboard.press('Space')
    await tabTo(page, review.startButton)
    await keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: `${ARCHIVE} to ${account.bucketName}` })).toBeFocused()
  })

  await test.step('look at the log, cancel', async () => {
    await current.percent.waitFor()
    await tabAround(page)
    await tabTo(page, current.activityButton)
    await keyboard.press('Enter')
    await expect(current.activityLines.first()).toBeInViewport()
    await tabTo(page, current.cancelButton)
    await keyboard.press('Enter')
    await expect(current.keepCopyingButton).toBeFocused()
    await keyboard.press('Escape')
    await expect(current.cancelQuestion).toBeHidden()
    await expect(current.cancelButton).toBeFocused()
    await keyboard.press('Enter')
    await tabTo(page, current.cancelQuestion.getByRole('button', { name: 'Cancel migration' }))
    await keyboard.press('Enter')
    await expect(outcome.cancelled).toBeFocused()
  })

  await test.step('start another, sign out', async () => {
    await tabTo(page, outcome.startAnotherButton)
    await keyboard.press('Enter')
    await expect(source.heading).toBeFocused()
    await tabTo(page, rail.signOutButton, 'Shift+Tab')
    await keyboard.press('Enter')
    await expect(signIn.apiKey).toBeFocused()
  })
})

test('an end with exceptions by keyboard alone: read them, copy a name, save the report, copy what failed (B13, B3, B4)', async ({
  signedIn, faultySource, account, places,
}) => {
  const { page, screens } = signedIn
  const { outcome } = screens
  const { keyboard } = page
  // As many as fill the table, so that what is told of the chosen one begins below the window's edge.
  for (let i = 20; i < 30; i++) faultySource.faults.denied.add(`note 0${String(i)}.txt`)
  const entry = faultySource.entry(NOTES)
  await startMigration(screens, entry, account)
  await expect(outcome.withExceptions).toBeFocused({ timeout: 30_000 })

  await test.step('the second of them, and its name into the clipboard', async () => {
    await tabTo(page, outcome.exceptions.getByRole('row').nth(1))
    await keyboard.press('ArrowDown')
    await expect(outcome.chosenFile).toContainText('note 021.txt')
    await expect(outcome.copyNameButton).toBeInViewport({ ratio: 1 })
    await tabTo(page, outcome.copyNameButton)
    await keyboard.press('Enter')
    expect(await signedIn.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe('note 021.txt')
  })

  await test.step('the report', async () => {
    const path = join(places.userDataFolder, 'report.csv')
    await answerSaveDialog(signedIn, path)
    await tabTo(page, outcome.saveReportButton)
    await keyboard.press('Enter')
    await expect(page.getByText('The report is saved.')).toBeVisible()
    await expect(outcome.saveReportButton).toBeFocused()
    expect(await readCsvReport(path)).toHaveLength(40)
  })

  await test.step('what failed', async () => {
    faultySource.faults.denied.clear()
    await tabTo(page, outcome.copyFailedButton)
    await keyboard.press('Enter')
    await expect(outcome.secretKey).toBeFocused()
    await keyboard.type(entry.secretAccessKey)
    await keyboard.press('Enter')
    await expect(outcome.complete).toBeFocused({ timeout: 30_000 })
    await expect(outcome.alreadyThere).toHaveText('30')
  })
})
