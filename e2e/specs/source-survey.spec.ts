import { expect, test } from '../support/fixtures.ts'
import { createGate } from '../support/gate.ts'
import { LETTERS, NOTES, PHOTOS } from '../support/sample-data.ts'

test('`Stop` keeps the form, and it can be checked again (S5)', async ({ signedIn, faultySource }) => {
  const { source } = signedIn.screens
  const gate = createGate()
  faultySource.faults.hold = ({ kind }) => (kind === 'LIST' ? gate.opened : undefined)
  const entry = faultySource.entry(LETTERS)
  await source.check(entry)
  await expect(signedIn.page.getByRole('button', { name: 'Validating source credentials…' })).toBeVisible()
  await source.stopButton.click()
  await expect(source.stopButton).toBeHidden()
  await expect(source.bucket).toHaveValue(LETTERS)
  await expect(source.secretKey).toHaveValue(entry.secretAccessKey)
  await expect(source.continueButton).toBeHidden()

  gate.open()
  await source.checkButton.click()
  await expect(source.findings).toContainText('The bucket can be listed: 1,200 files')
  await expect(source.continueButton).toBeVisible()
})

test('a long count shows what is known so far; `Stop counting` goes on with that at once (B2)', async ({ signedIn, faultySource }) => {
  const { source } = signedIn.screens
  const gate = createGate()
  faultySource.faults.hold = ({ kind, isLaterPage }) => (kind === 'LIST' && isLaterPage ? gate.opened : undefined)
  await source.check(faultySource.entry(LETTERS))
  await expect(source.findings).toContainText('1,000 files, 9.00 KB so far…')
  await expect(source.findings).toContainText('The files can be read')
  await expect(signedIn.page.getByRole('button', { name: 'Counting files…' })).toBeVisible()
  await source.stopCountingButton.click()
  await expect(source.findings).toContainText('The bucket can be listed: at least 1,000 files', { timeout: 3_000 })
  gate.open()
  await source.continueButton.click()
  await expect(signedIn.screens.destination.heading).toBeVisible()
})

test('a count that outlasts its budget says “at least”, and the migration may start (B2)', async ({ signedIn, faultySource, account }) => {
  const { source, destination, review } = signedIn.screens
  const gate = createGate()
  faultySource.faults.hold = ({ kind, isLaterPage }) => (kind === 'LIST' && isLaterPage ? gate.opened : undefined)
  await source.check(faultySource.entry(LETTERS))
  await expect(source.findings).toContainText('The bucket can be listed: at least 1,000 files', { timeout: 15_000 })
  gate.open()
  await source.continueButton.click()
  await destination.pass(account.bucketName)
  await expect(signedIn.page.getByText(/^At least 1,000 files, /)).toBeVisible()
  await expect(review.startButton).toBeVisible()
})

test('archived files are counted and named, and what becomes of them has to be chosen (S17, E7, B9)', async ({
  signedIn, faultySource, account,
}) => {
  const { source, destination, review, outcome } = signedIn.screens
  const archived = 'note 017.txt'
  faultySource.faults.archived.add(archived)
  await source.check(faultySource.entry(NOTES))
  await expect(source.findings).toContainText('Object in GLACIER, restore first')
  await expect(source.findings).toContainText(`1 file is archived: ${archived}.`)
  await source.continueButton.click()
  await expect(signedIn.page.getByText('Choose one to go on.')).toBeVisible()
  await source.chooseForArchived('Stop here')
  await expect(signedIn.page.getByText(/Initiate restore/)).toBeVisible()
  await expect(source.continueButton).toBeHidden()
  await source.chooseForArchived('Copy the rest and list these')
  await source.continueButton.click()
  await destination.pass(account.bucketName)
  await expect(review.notCopied.first()).toHaveText('1 archived file, 50.0 KB; the report names it')
  await review.startButton.click()
  await expect(outcome.withExceptions).toBeVisible({ timeout: 30_000 })
  await expect(outcome.files).toHaveText('39')
  await expect(outcome.exception(archived)).toContainText('Archived, restore first')
})

test('tags, which no copy carries, are told before the start (B2)', async ({ signedIn, faultySource, account }) => {
  const { source, destination, review } = signedIn.screens
  faultySource.faults.tags.set('docs/report.pdf', 'project')
  await source.check(faultySource.entry(PHOTOS))
  await expect(source.findings).toContainText('Tags are not copied')
  await expect(source.findings).toContainText('The first is docs/report.pdf, with the tag project.')
  await source.continueButton.click()
  await destination.pass(account.bucketName)
  await expect(review.notCopied.filter({ hasText: /^Tags, found on 1 of \d files tried$/ })).toBeVisible()
})
