import { createS3Client } from '../../scripts/demo/s3-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { PHOTOS, readBucket } from '../support/sample-data.ts'

test('the destination prefix mirrors the source until it is edited (S4)', async ({ signedIn, stack, account }) => {
  const { source, destination, review } = signedIn.screens
  await source.pass(stack.entry(PHOTOS, 'photos/2024/'))
  await expect(destination.prefix).toHaveValue('photos/2024/')
  await destination.bucket(account.bucketName).click()
  await expect(destination.landingPlace).toHaveText(`${account.bucket}/photos/2024/Café am Meer.jpg`)

  await destination.prefix.fill('kept/')
  await expect(destination.landingPlace).toHaveText(`${account.bucket}/kept/Café am Meer.jpg`)
  await destination.backButton.click()
  await source.prefix.fill('docs/')
  await source.checkButton.click()
  await source.continueButton.click()
  await expect(destination.prefix).toHaveValue('kept/')

  await destination.mirrorAgainButton.click()
  await expect(destination.prefix).toHaveValue('docs/')
  await destination.continueButton.click()
  await expect(review.sentence).toHaveText(`Carolina Cloud will copy the folder docs/ of the bucket ${PHOTOS} to ${account.bucketName}, into the folder docs/.`)
})

test.describe('lands where the wizard said (S2, S4)', () => {
  for (const { what, prefix, firstKey, below } of [
    { what: 'a single object', prefix: 'docs/report.pdf', firstKey: 'docs/report.pdf', below: 'docs/report.pdf' },
    { what: 'a folder', prefix: 'photos/', firstKey: 'photos/2024/Café am Meer.jpg', below: 'photos/' },
    { what: 'the whole bucket', prefix: '', firstKey: 'docs/report.pdf', below: '' },
  ]) {
    test(what, async ({ signedIn, stack, account }) => {
      const { source, destination, review, outcome } = signedIn.screens
      await source.pass(stack.entry(PHOTOS, prefix))
      await destination.bucket(account.bucketName).click()
      await expect(destination.landingPlace).toHaveText(`${account.bucket}/${firstKey}`)
      await destination.continueButton.click()
      await review.startButton.click()
      await expect(outcome.complete).toBeVisible({ timeout: 30_000 })

      const wanted = await readBucket(createS3Client(stack.source), PHOTOS, below)
      expect(Object.keys(wanted)).toContain(firstKey)
      expect(await readBucket(createS3Client(stack.carolina), account.bucket)).toEqual(wanted)
      await expect(outcome.files).toHaveText(String(Object.keys(wanted).length))
    })
  }
})

test('only the account’s own buckets are listed; those the role may not write to say so, and the server decides (S3, S8, E10)', async ({
  signedIn,
  stack,
  account,
}) => {
  const owner = `owner-of-${account.bucket}@example.com`
  const organisation = `Org of ${account.bucket}`
  const { endpoint, accessKeyId, secretAccessKey } = stack.carolina
  await stack.directory.addAccount(owner)
  await stack.directory.addOrganisation(organisation, owner)
  await stack.directory.addMember(organisation, account.email, 'member')
  const store = { endpoint, accessKeyId, secretAccessKey, bucket: account.bucket }
  await stack.directory.addBucket({ ...store, scope: 'organisation', owner: organisation, name: 'Org Storage' })
  await stack.directory.addBucket({ ...store, scope: 'personal', owner, name: 'Storage of somebody else' })

  const { source, destination, review } = signedIn.screens
  await source.pass(stack.entry(PHOTOS, 'docs/'))
  await expect(destination.buckets.getByRole('radio')).toHaveCount(2)
  await expect(destination.buckets).not.toContainText('Storage of somebody else')
  await expect(destination.bucket('Org Storage')).toContainText('Only the owner and admins')
  await destination.pass('Org Storage')
  await review.startButton.click()
  await expect(review.refusal).toContainText('Your role may not migrate into this bucket.')
  await expect(review.refusal).toContainText('Only the owner and admins of the organisation may.')
  expect(await readBucket(createS3Client(stack.carolina), account.bucket)).toEqual({})
})
