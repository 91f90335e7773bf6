import { isBlockedBy } from '../support/blocked-source.ts'
import { expect, test } from '../support/fixtures.ts'
import { EMPTY, NOTES, PHOTOS } from '../support/sample-data.ts'
import { startCopying } from '../support/start-migration.ts'

// Each row by its real cause. What `rclone serve s3` does not mind, the rules of the faulty source do.

const ACCESS_DENIED = 'Source credentials rejected — AccessDenied'

test('E1, E2, E4: an unknown key, a secret of another key, a bucket that is not there', async ({ signedIn, stack, account }) => {
  const { source } = signedIn.screens
  const good = stack.entry(PHOTOS)
  await source.check({ ...good, accessKeyId: 'AKIA0000000000000000' })
  await isBlockedBy(source, 'Source credentials rejected — InvalidAccessKeyId', 'The provider does not know this access key.')
  await source.check({ ...good, secretAccessKey: 'not-the-secret' })
  await isBlockedBy(source, 'Source credentials rejected — SignatureDoesNotMatch', 'Paste both again, as a pair.')
  await source.check({ ...good, bucket: 'no-such-bucket' })
  await isBlockedBy(source, 'Source bucket not found', 'Check the spelling')
  expect(await account.migrations()).toEqual([])
})

test('E1: what a paste brought into the keys is told at the field, and one click takes it out', async ({ signedIn, stack, account }) => {
  const { source } = signedIn.screens
  const entry = stack.entry(PHOTOS)
  const { accessKeyId: key, secretAccessKey: secret } = entry
  await source.fill({ ...entry, accessKeyId: `${key.slice(0, 8)}\u200b${key.slice(8)}`, secretAccessKey: `${secret.slice(0, 20)} ${secret.slice(20)}` })
  await expect(signedIn.page.getByText('The access key holds invisible characters, which came along when it was pasted.')).toBeVisible()
  await source.fix('Remove them').click()
  await expect(source.accessKey).toHaveValue(key)
  await expect(signedIn.page.getByText('The secret key has a space in it, and keys never do.')).toBeVisible()
  await source.fix('Remove spaces').click()
  await expect(source.secretKey).toHaveValue(secret)
  expect(await account.migrations()).toEqual([])
  // At both ends nobody needs to be asked.
  await source.accessKey.fill(` ${key}\t`)
  await source.checkButton.click()
  await expect(source.continueButton).toBeVisible()
})

test('E3: a key without leave to list, then without leave to read; the policy to paste is there', async ({ signedIn, faultySource, account }) => {
  const { source } = signedIn.screens
  const { faults } = faultySource
  faults.rules.mayList = false
  await source.check(faultySource.entry(PHOTOS, 'docs/'))
  await isBlockedBy(source, ACCESS_DENIED, 'The key is valid but may not list the bucket.')

  faults.rules.mayList = true
  for (const name of ['report.pdf', 'Übersicht & Pläne.txt']) faults.denied.add(`docs/${name}`)
  await source.checkButton.click()
  const finding = await isBlockedBy(source, ACCESS_DENIED, 'The files can be listed but not read: docs/')
  await expect(finding).toContainText('The key lacks s3:GetObject')
  await finding.getByRole('button', { name: 'Which permissions?' }).click()
  await expect(signedIn.page.getByText(`arn:aws:s3:::${PHOTOS}/docs/*`)).toBeInViewport()
  expect(await account.migrations()).toEqual([])
})

test('E5: an empty bucket, a wrong prefix, and half a name, for which the nearest folder is one click', async ({ signedIn, stack, account }) => {
  const { source } = signedIn.screens
  const title = 'No objects found at source bucket/prefix'
  await source.check(stack.entry(EMPTY))
  await isBlockedBy(source, title, 'the bucket is empty')
  await source.check(stack.entry(PHOTOS, 'nothing/'))
  await isBlockedBy(source, title, 'nothing is under nothing/.')
  await source.check(stack.entry(PHOTOS, 'phot'))
  await isBlockedBy(source, title, 'nothing is under phot.')
  expect(await account.migrations()).toEqual([])
  await source.fix('Use photos/').click()
  await expect(source.continueButton).toBeVisible()
  await expect(source.copiesLine).toHaveText('Copies: the folder photos/')
})

test('E6: another region: one click sets it, and the check signed for it passes', async ({ signedIn, faultySource, account }) => {
  const { source } = signedIn.screens
  faultySource.faults.rules.region = 'eu-west-1'
  await source.check(faultySource.entry(PHOTOS))
  const title = "AuthorizationHeaderMalformed — region 'us-east-1' is wrong; expecting 'eu-west-1'"
  await isBlockedBy(source, title, 'The region is eu-west-1, not us-east-1.')
  expect(await account.migrations()).toEqual([])
  await source.fix('Use eu-west-1').click()
  await expect(source.continueButton).toBeVisible()
  await expect(source.region).toHaveValue('eu-west-1')
  expect(faultySource.seen.at(-1)?.region).toBe('eu-west-1')
})

test('E7: everything archived: nothing could be copied, and what was restored passes', async ({ signedIn, faultySource, account }) => {
  const { source } = signedIn.screens
  const { archived } = faultySource.faults
  for (const name of ['report.pdf', 'Übersicht & Pläne.txt']) archived.add(`docs/${name}`)
  await source.check(faultySource.entry(PHOTOS, 'docs/'))
  await isBlockedBy(source, 'Object in GLACIER, restore first', '2 files are archived, the first is docs/')
  expect(await account.migrations()).toEqual([])
  archived.clear()
  await source.checkButton.click()
  await expect(source.continueButton).toBeVisible()
})

test('E7: archived after the check: the worker meets it, names it and copies the rest', async ({ signedIn, faultySource, account }) => {
  const { outcome } = signedIn.screens
  const late = 'note 037.txt'
  await startCopying(signedIn.screens, faultySource.entry(NOTES), account)
  faultySource.faults.archived.add(late)
  await expect(outcome.withExceptions).toBeVisible({ timeout: 30_000 })
  await expect(outcome.files).toHaveText('39')
  await expect(outcome.exception(late)).toContainText('Archived, restore first')
  // It was read, not left out for its class.
  expect(faultySource.seen.filter(({ kind, key }) => kind === 'GET' && key === late)).not.toEqual([])
})

test('E9: slow down, and a wrong clock: nothing is wrong with the form, so the same check passes later', async ({ signedIn, faultySource, account }) => {
  const { source } = signedIn.screens
  const { rules } = faultySource.faults
  rules.isBusy = true
  await source.check(faultySource.entry(PHOTOS))
  await isBlockedBy(source, 'The source asks to slow down', 'Nothing is wrong with what you typed; check again in a minute.')
  rules.isBusy = false
  rules.clockAheadMs = 20 * 60_000
  await source.checkButton.click()
  await isBlockedBy(source, 'This computer’s clock is 20 min slow', 'Set the clock to update by itself')
  rules.clockAheadMs = -2 * 3_600_000
  await source.checkButton.click()
  await isBlockedBy(source, 'This computer’s clock is 2 h fast', 'Set the clock to update by itself')
  rules.clockAheadMs = 0
  await source.checkButton.click()
  await expect(source.continueButton).toBeVisible()
  expect(await account.migrations()).toEqual([])
})
