import { PutObjectCommand } from '@aws-sdk/client-s3'
import { createS3Client } from '../../scripts/demo/s3-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { readSourceSecrets } from '../support/keychain.ts'
import { PHOTOS, readBucket, RECORDINGS } from '../support/sample-data.ts'
import { startMigration } from '../support/start-migration.ts'

test('a remembered secret: after a restart the migration runs again without typing, until it is forgotten (B7, B4)', async ({
  signedIn, stack, account, start,
}) => {
  const entry = stack.entry(PHOTOS)
  const { source, destination, review } = signedIn.screens
  await source.pass(entry)
  await destination.pass(account.bucketName)
  await review.rememberSecret()
  await expect(review.rememberBox).toBeChecked()
  await review.startButton.click()
  await expect(signedIn.screens.outcome.complete).toBeVisible({ timeout: 30_000 })
  expect(await readSourceSecrets()).toEqual([entry.secretAccessKey])
  await signedIn.quit()

  const { page, screens } = await start()
  await screens.outcome.runAgainButton.click()
  await expect(screens.outcome.alreadyThere).toHaveText('7', { timeout: 30_000 })
  await expect(screens.outcome.complete).toBeVisible()

  const { endpoint, accessKeyId } = entry
  const named = JSON.stringify({ endpoint, accessKeyId })
  expect(await page.evaluate('window.carolina.listRememberedSources(null)')).toEqual([{ endpoint, accessKeyId }])
  expect(await page.evaluate(`window.carolina.forgetRememberedSource(${named})`)).toEqual({ ok: true, value: null })
  expect(await readSourceSecrets()).toEqual([])
  await screens.outcome.runAgainButton.click()
  await expect(screens.outcome.secretKey).toBeFocused()
})

test('a secret that was not to be remembered is asked for; one that does not fit is refused there (B7, E2)', async ({
  signedIn, stack, account, start,
}) => {
  const entry = stack.entry(PHOTOS, 'docs/')
  await startMigration(signedIn.screens, entry, account)
  await expect(signedIn.screens.outcome.complete).toBeVisible({ timeout: 30_000 })
  expect(await readSourceSecrets()).toEqual([])
  await signedIn.quit()

  const { outcome } = (await start()).screens
  await outcome.runAgainButton.click()
  await expect(outcome.secretKey).toBeFocused()
  await outcome.secretKey.fill('not-the-secret')
  await outcome.runAgainButton.click()
  await expect(outcome.refusal).toContainText('Source credentials rejected — SignatureDoesNotMatch')
  await outcome.secretKey.fill(entry.secretAccessKey)
  await outcome.runAgainButton.click()
  await expect(outcome.alreadyThere).toHaveText('2', { timeout: 30_000 })
})

test('`Never overwrite` keeps a different file and says so; `Replace files that differ` replaces it (B4)', async ({
  signedIn, stack, account,
}) => {
  const { source, destination, review, outcome } = signedIn.screens
  const carolina = createS3Client(stack.carolina)
  const key = 'docs/report.pdf'
  await carolina.send(new PutObjectCommand({ Bucket: account.bucket, Key: key, Body: 'my own report' }))
  const own = await readBucket(carolina, account.bucket, key)
  const wanted = await readBucket(createS3Client(stack.source), PHOTOS, 'docs/')

  await source.pass(stack.entry(PHOTOS, 'docs/'))
  await destination.pass(account.bucketName)
  await review.choosePolicy('Never overwrite')
  await review.startButton.click()
  await expect(outcome.withExceptions).toBeVisible({ timeout: 30_000 })
  await expect(outcome.exception(key)).toContainText('Another file is there')
  await expect(outcome.doNotDelete).toBeVisible()
  expect(await readBucket(carolina, account.bucket)).toEqual({ ...wanted, ...own })

  await outcome.startAnotherButton.click()
  await startMigration(signedIn.screens, stack.entry(PHOTOS, 'docs/'), account)
  await expect(outcome.complete).toBeVisible({ timeout: 30_000 })
  await expect(outcome.alreadyThere).toHaveText('1')
  expect(await readBucket(carolina, account.bucket)).toEqual(wanted)
})

test('a worker that dies: the next one is given the remembered secret by an app that was restarted meanwhile (B7, B8)', async ({
  signedIn, stack, account, start,
}) => {
  test.setTimeout(120_000)
  const { source, destination, review } = signedIn.screens
  await source.pass(stack.entry(RECORDINGS))
  await destination.pass(account.bucketName)
  await review.rememberSecret()
  await review.startButton.click()
  await expect.poll(() => signedIn.screens.current.percentNow()).toBeGreaterThan(5)
  await stack.worker.kill()
  // Held in memory it would be no proof.
  await signedIn.quit()
  await stack.worker.start()

  const { page, screens } = await start()
  const takenOver = page.getByText('An earlier worker was lost and another took over.')
  await expect(takenOver).toBeVisible({ timeout: 60_000 })
  await expect(screens.outcome.complete).toBeVisible({ timeout: 60_000 })
  await expect(screens.outcome.files).toHaveText('120')
})
