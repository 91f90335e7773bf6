import { expect, test } from '../support/fixtures.ts'
import { createGate } from '../support/gate.ts'
import { ARCHIVE, LETTERS, PHOTOS, RECORDINGS } from '../support/sample-data.ts'
import { startCopying, startMigration } from '../support/start-migration.ts'

test('everything across and compared by checksum: the source may be deleted (B3)', async ({ signedIn, stack, account }) => {
  const { outcome } = signedIn.screens
  await startMigration(signedIn.screens, stack.entry(PHOTOS), account)
  await expect(outcome.complete).toBeVisible({ timeout: 30_000 })
  await expect(outcome.mayDelete).toBeVisible()
  await expect(outcome.compared).toHaveText('7 files by checksum')
  await expect(outcome.exceptions).toBeHidden()
  await expect(outcome.notAcross).toBeHidden()
})

test('a source without checksums is compared by size only, and never said to be verified by more (B3)', async ({
  signedIn, faultySource, account,
}) => {
  faultySource.faults.hasOpaqueEtags = true
  const { outcome } = signedIn.screens
  await startMigration(signedIn.screens, faultySource.entry(PHOTOS), account)
  await expect(outcome.complete).toBeVisible({ timeout: 30_000 })
  await expect(outcome.compared).toHaveText('7 files by size only')
  await expect(outcome.checkBeforeDeleting).toBeVisible()
  await expect(outcome.mayDelete).toBeHidden()
})

test('the comparison at the end is told, with how far it is (B3)', async ({ signedIn, faultySource, account }) => {
  const { current, outcome } = signedIn.screens
  const gate = createGate()
  const { faults, seen } = faultySource
  const isCopied = (): boolean => seen.filter(({ kind }) => kind === 'GET').length >= 1200
  faults.hold = ({ kind, isLaterPage }) => (kind === 'LIST' && isLaterPage && isCopied() ? gate.opened : undefined)
  await startMigration(signedIn.screens, faultySource.entry(LETTERS), account)
  await expect(current.phase).toHaveText(/^Comparing [\d,]+ of 1,200 files…$/, { timeout: 30_000 })
  gate.open()
  await expect(outcome.complete).toBeVisible({ timeout: 30_000 })
  await expect(outcome.compared).toHaveText('1,200 files by checksum')
})

test('a slow copy tells the time left and its speed, as a picture and in words (B5)', async ({ signedIn, stack, account }) => {
  const { current } = signedIn.screens
  await startCopying(signedIn.screens, stack.entry(ARCHIVE), account)
  await expect(current.remaining).toHaveText(/^(About \d+ min|Less than a minute) left$/, { timeout: 20_000 })
  await expect(current.graph).toBeVisible()
  const rate = String.raw`[\d.]+ [KM]iB/s`
  await expect(current.graphText).toHaveText(new RegExp(`^(Between ${rate} and ${rate} in|${rate} for) \\d+ s$`))
  await expect(current.graph).toHaveAccessibleName(`Speed since the start. ${await current.graphText.innerText()}.`)
  await expect(current.speed).toHaveText(/iB\/s$/)
})

test('a source that dies while it is copied is waited for, visibly, and then copied to the end (B8, S18)', async ({
  signedIn, stack, account, desktop,
}) => {
  test.setTimeout(90_000)
  const { current, outcome } = signedIn.screens
  const tray = await desktop.tray()
  await startCopying(signedIn.screens, stack.entry(RECORDINGS), account)
  await expect.poll(() => current.percentNow()).toBeGreaterThan(5)
  await stack.source.service.kill()
  try {
    await expect(current.phase).toHaveText('Waiting for the source…', { timeout: 40_000 })
    await expect(signedIn.page.getByText('Your source is not answering.')).toBeVisible()
    await expect(current.waitingNotice).toBeVisible()
    await expect.poll(() => tray.tooltip()).toContain('source not reachable, trying again')
  } finally {
    await stack.source.service.start()
  }
  await expect(outcome.complete).toBeVisible({ timeout: 60_000 })
  await expect(outcome.files).toHaveText('120')
  await expect(outcome.compared).toHaveText('120 files by checksum')
})
