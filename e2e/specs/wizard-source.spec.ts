import { expect, test } from '../support/fixtures.ts'
import { PHOTOS } from '../support/sample-data.ts'

test.describe('presets (S1)', () => {
  for (const { search, option, endpoint, region } of [
    { search: 'oregon us-west-2', option: 'AWS S3 · Oregon · us-west-2', endpoint: 'https://s3.us-west-2.amazonaws.com', region: 'us-west-2' },
    { search: 'wasabi us-east-1', option: 'Wasabi · N. Virginia · us-east-1', endpoint: 'https://s3.us-east-1.wasabisys.com', region: 'us-east-1' },
    { search: 'backblaze us-west-004', option: 'Backblaze B2 · US West · us-west-004', endpoint: 'https://s3.us-west-004.backblazeb2.com', region: 'us-west-004' },
  ]) {
    test(`${option} fills endpoint and region`, async ({ signedIn }) => {
      const { source } = signedIn.screens
      await source.chooseProvider(search, option)
      await expect(source.fact('Endpoint')).toHaveText(endpoint)
      await expect(source.fact('Region')).toHaveText(region)
    })
  }
})

test('a field that cannot work is told at the field, with one click that repairs it', async ({ signedIn, stack }) => {
  const { source } = signedIn.screens
  const { page } = signedIn
  await source.fill({ ...stack.entry(PHOTOS), bucket: `s3://${PHOTOS}/docs/` })
  await source.checkButton.click()
  await expect(page.getByText('This is an address. The bucket field takes only the bucket’s name.')).toBeVisible()
  await page.getByRole('button', { name: `Use bucket ${PHOTOS} and prefix docs/` }).click()
  await expect(source.bucket).toHaveValue(PHOTOS)
  await expect(source.prefix).toHaveValue('docs/')
  await source.checkButton.click()
  await expect(source.continueButton).toBeVisible()
})

test('what the prefix means is said while typing and known after the check (S2)', async ({ signedIn, stack }) => {
  const { source } = signedIn.screens
  await source.fill(stack.entry(PHOTOS))
  await expect(source.copiesLine).toHaveText('Copies: the whole bucket')
  await source.prefix.fill('photos/')
  await expect(source.copiesLine).toHaveText('Copies: the folder photos/')
  await source.prefix.fill('docs/report.pdf')
  await source.checkButton.click()
  await expect(source.continueButton).toBeVisible()
  await expect(source.copiesLine).toHaveText('Copies: the one object docs/report.pdf')
})

test('an edit after the check asks for the check again (S5)', async ({ signedIn, stack }) => {
  const { source } = signedIn.screens
  await source.check(stack.entry(PHOTOS))
  await expect(source.continueButton).toBeVisible()
  await source.bucket.fill('another-bucket')
  await expect(source.checkButton).toBeVisible()
  await expect(source.findings).toContainText('You changed something since. Check again.')
})
