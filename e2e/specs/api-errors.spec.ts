import { createS3Client } from '../../scripts/demo/s3-client.ts'
import { expect, test as base } from '../support/fixtures.ts'
import type { RunningApp } from '../support/running-app.ts'
import { ARCHIVE, PHOTOS, readBucket } from '../support/sample-data.ts'
import type { SourceEntry } from '../screens/source-screen.ts'
import { startCopying, startMigration } from '../support/start-migration.ts'
import { type StrictApi, startStrictApi } from '../support/strict-api.ts'
import type { TestAccount } from '../support/test-account.ts'

// E8, E10: what the hosted side refuses, by its real cause. The form is kept each time.

const test = base.extend<{ readonly strictApi: StrictApi }>({
  strictApi: async ({ stack }, use) => {
    const api = await startStrictApi(stack)
    await use(api)
    await api.stop()
  },
})

/** Up to the last step, with everything filled in. */
async function review({ screens }: RunningApp, entry: SourceEntry, account: TestAccount): Promise<void> {
  await screens.source.pass(entry)
  await screens.destination.pass(account.bucketName)
  await expect(screens.review.startButton).toBeVisible()
}

/** The same click that was refused starts it now. */
async function startsNow({ screens }: RunningApp, account: TestAccount): Promise<void> {
  await screens.review.startButton.click()
  await expect(screens.outcome.complete).toBeVisible({ timeout: 30_000 })
  expect(await account.migrations()).toHaveLength(1)
}

test('E10: while the API, then its database is down the form is kept; the same click starts it later', async ({ signedIn, stack, account }) => {
  const { refusal, startButton } = signedIn.screens.review
  await review(signedIn, stack.entry(PHOTOS, 'docs/'), account)
  await stack.api.kill()
  await startButton.click()
  await expect(refusal).toContainText('Can’t reach Carolina Cloud.')
  await expect(refusal).toContainText('What you typed is kept.')
  await stack.api.start()

  await stack.postgres.stop()
  await startButton.click()
  await expect(refusal).toContainText('Carolina Cloud is not ready right now.')
  await expect(refusal).toContainText('Your choices are kept. Try again in a minute.')
  await stack.postgres.start()
  await startsNow(signedIn, account)
})

test('E10: a key that asked too often is told to wait, and nothing is lost', async ({ signedIn, stack, account }) => {
  await review(signedIn, stack.entry(PHOTOS, 'docs/'), account)
  await account.useUpRequests()
  await signedIn.screens.review.startButton.click()
  await expect(signedIn.screens.review.refusal).toContainText('Too many requests in a short time.')
  await expect(signedIn.screens.review.refusal).toContainText('Wait a minute, then try again.')
  // The count is the process's own: a restart is a minute that nobody has to wait for.
  await stack.api.stop()
  await stack.api.start()
  await startsNow(signedIn, account)
})

test('E10: a key revoked over the open form: sign in again, and the form is still there', async ({ signedIn, stack, account, operators }) => {
  const { signIn, source, destination, outcome } = signedIn.screens
  const entry = stack.entry(PHOTOS, 'docs/')
  await review(signedIn, entry, account)
  await operators.revokeKey(account.keyId)
  await signedIn.screens.review.startButton.click()
  await expect(signIn.heading).toBeVisible()
  await expect(signIn.refusal).toContainText('Carolina Cloud no longer accepts your API key.')
  await expect(signIn.refusal).toContainText('What you filled in is kept, except the secret key of the source.')

  await signIn.signIn('cc_live_0000000000000000000000000000000000000000')
  await expect(signIn.refusal).toContainText('Carolina Cloud does not accept this API key.')
  const key = await operators.addKey(account.email, 'e2e, after the first')
  if (!key.ok) throw new Error('no second key')
  await signIn.signIn(key.value.key.reveal())
  await expect(source.bucket).toHaveValue(PHOTOS)
  await expect(source.endpoint).toHaveValue(entry.endpoint)
  await expect(source.accessKey).toHaveValue(entry.accessKeyId)
  await expect(source.prefix).toHaveValue('docs/')
  await expect(source.secretKey).toHaveValue('')
  await source.secretKey.fill(entry.secretAccessKey)
  await source.checkButton.click()
  await source.continueButton.click()
  await destination.continueButton.click()
  await signedIn.screens.review.startButton.click()
  await expect(outcome.complete).toBeVisible({ timeout: 30_000 })
})

test('E10: a field that only the API can judge is told at the field', async ({ start, places, strictApi, stack, account }) => {
  const app = await start({ ...places, apiOrigin: strictApi.apiOrigin })
  const { signIn, source } = app.screens
  await signIn.signIn(account.apiKey)
  await review(app, stack.entry(PHOTOS, 'docs/'), account)
  await app.screens.review.startButton.click()
  await expect(app.page.getByText('This address is inside a private network, where Carolina Cloud’s workers cannot reach it.')).toBeVisible()
  await expect(source.endpoint).toBeFocused()
  await expect(source.checkButton).toBeVisible()
  await expect(source.bucket).toHaveValue(PHOTOS)
  await expect(source.secretKey).toHaveValue(stack.source.secretAccessKey)
  expect(await account.migrations()).toEqual([])
})

test('E8: a second migration is refused; the live one can be watched, or cancelled (S7)', async ({ signedIn, stack, account }) => {
  const { rail, current, outcome } = signedIn.screens
  await startCopying(signedIn.screens, stack.entry(ARCHIVE), account)
  await rail.newMigration.click()
  await startMigration(signedIn.screens, stack.entry(PHOTOS), account)
  const { refusal, watchLiveButton, cancelLiveButton } = signedIn.screens.review
  await expect(refusal).toContainText('You already have a migration in progress')
  await watchLiveButton.click()
  await expect(current.percent).toBeVisible()
  await expect(signedIn.page.getByRole('heading', { name: `${ARCHIVE} to ${account.bucketName}` })).toBeVisible()

  await rail.newMigration.click()
  await startMigration(signedIn.screens, stack.entry(PHOTOS), account)
  await cancelLiveButton.click()
  await current.cancelQuestion.getByRole('button', { name: 'Cancel migration' }).click()
  await expect(outcome.cancelled).toBeVisible()
  expect(await account.migrations()).toHaveLength(1)
  const copied = await readBucket(createS3Client(stack.carolina), account.bucket)
  expect(Object.keys(copied).every((key) => key.startsWith('part-'))).toBe(true)
})
