import { DeleteBucketCommand } from '@aws-sdk/client-s3'
import { createS3Client } from '../../scripts/demo/s3-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { ARCHIVE, NOTES, PHOTOS, readBucket } from '../support/sample-data.ts'
import { startCopying, startMigration } from '../support/start-migration.ts'

test('shows sizing, bar, percent, bytes, files, ticking time and recent activity, and completes (S5, S12, S13, S16)', async ({
  signedIn,
  stack,
  account,
}) => {
  const { source, destination, review, current, outcome } = signedIn.screens
  await source.pass(stack.entry(NOTES))
  await destination.pass(account.bucketName)
  await review.startButton.click()
  await expect(current.percent).toBeVisible()
  await expect(current.bar).toHaveAttribute('aria-valuenow', /^\d/)
  await expect(current.numbers).toHaveText(/^[\d.]+( \w+)? of 2\.00 MB · \d+ of 40 files$/)

  const elapsed = await current.elapsed.innerText()
  await expect(current.elapsed).not.toHaveText(elapsed)
  await expect(current.elapsed).toHaveText(/^0:\d\d$/)
  const percent = await current.percentNow()
  await expect.poll(() => current.percentNow(), { message: 'the percent grows' }).toBeGreaterThan(percent)

  await current.activityButton.click()
  await expect(current.activityLines.first()).toBeVisible()

  await expect(outcome.complete).toBeVisible({ timeout: 30_000 })
  await expect(outcome.data).toHaveText('2.00 MB')
  await expect(outcome.files).toHaveText('40')
  await expect(outcome.took).toHaveText(/^\d+ s$/)
  const wanted = await readBucket(createS3Client(stack.source), NOTES)
  expect(await readBucket(createS3Client(stack.carolina), account.bucket)).toEqual(wanted)
})

test('`Start another migration` leads to a fresh form, without the secret (S16, S9)', async ({ signedIn, stack, account }) => {
  const { source, outcome } = signedIn.screens
  await startMigration(signedIn.screens, stack.entry(PHOTOS, 'docs/'), account)
  await expect(outcome.complete).toBeVisible({ timeout: 30_000 })
  await outcome.startAnotherButton.click()
  await expect(source.heading).toBeVisible()
  await expect(source.secretKey).toHaveValue('')
  await expect(source.bucket).toHaveValue('')
})

test('`Cancel migration` asks first; what was copied stays (S15)', async ({ signedIn, stack, account }) => {
  const { current, outcome } = signedIn.screens
  await startCopying(signedIn.screens, stack.entry(ARCHIVE), account)
  await expect(current.numbers).toHaveText(/· [1-9]\d* of 400 files$/, { timeout: 30_000 })

  await current.cancelButton.click()
  await expect(current.cancelQuestion).toContainText('What was copied so far stays')
  await current.keepCopyingButton.click()
  await expect(current.cancelQuestion).toBeHidden()
  await expect(current.percent).toBeVisible()

  await current.cancel()
  await expect(outcome.cancelled).toBeVisible()
  const copied = await readBucket(createS3Client(stack.carolina), account.bucket)
  const wanted = await readBucket(createS3Client(stack.source), ARCHIVE)
  expect(Object.keys(copied).length).toBeGreaterThan(0)
  expect(Object.keys(copied).length).toBeLessThan(Object.keys(wanted).length)
  expect(wanted).toMatchObject(copied)
  await expect(outcome.startAnotherButton).toBeVisible()
})

test('a destination that is gone ends as `Migration failed` with the worker’s error and exit code (S16)', async ({
  signedIn,
  stack,
  account,
}) => {
  const { outcome, current } = signedIn.screens
  await createS3Client(stack.carolina).send(new DeleteBucketCommand({ Bucket: account.bucket }))
  await startMigration(signedIn.screens, stack.entry(PHOTOS), account)
  await expect(outcome.failed).toBeVisible({ timeout: 30_000 })
  await expect(outcome.contactSupportButton).toBeVisible()
  await outcome.detailsButton.click()
  await expect(outcome.workerMessage).toHaveText(/./)
  await expect(outcome.exitCode).toHaveText(/^[1-9]\d*$/)
  await expect(current.activityButton).toBeVisible()
  await expect(outcome.startAnotherButton).toBeVisible()
})
