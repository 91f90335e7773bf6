import { expect, test } from '../support/fixtures.ts'
import { screensOf } from '../screens/screens.ts'
import { endsSoon, quitByMenu } from '../support/ending.ts'
import { answerMessageBoxes } from '../support/message-boxes.ts'
import { startSecond } from '../support/running-app.ts'
import { ARCHIVE, NOTES } from '../support/sample-data.ts'
import { startCopying, startMigration } from '../support/start-migration.ts'

test('closing the window disturbs nothing; the tray shows the copy and opens it again, live (S14)', async ({
  signedIn,
  stack,
  account,
  desktop,
}) => {
  await startCopying(signedIn.screens, stack.entry(ARCHIVE), account)
  const tray = await desktop.tray()
  await signedIn.closeWindow()
  expect(signedIn.electron.windows()).toHaveLength(0)
  const tooltip = await tray.tooltip()
  expect(tooltip).toMatch(/^Carolina Migrate — \d+ % · [\d.]+ .*24\.0 MB$/)
  await expect.poll(() => tray.tooltip(), { message: 'the tooltip moves on' }).not.toBe(tooltip)

  const { screens } = await signedIn.nextWindow(() => tray.click('Open Carolina Migrate'))
  await expect(screens.current.percent).toBeVisible()
  const percent = await screens.current.percentNow()
  await expect.poll(() => screens.current.percentNow()).toBeGreaterThan(percent)
})

test('the tray’s menu follows the migration, and its `Cancel migration…` asks in the window (S15, card)', async ({
  signedIn,
  stack,
  account,
  desktop,
}) => {
  const tray = await desktop.tray()
  expect(await tray.tooltip()).toBe('Carolina Migrate — no migration running')
  expect(await tray.labels()).toEqual(['Open Carolina Migrate', 'Quit'])
  await startCopying(signedIn.screens, stack.entry(ARCHIVE), account)
  await expect.poll(() => tray.labels()).toEqual(['Open Carolina Migrate', 'Cancel migration…', 'Quit (the migration continues)'])

  await signedIn.closeWindow()
  const { screens } = await signedIn.nextWindow(() => tray.click('Cancel migration…'))
  await expect(screens.current.cancelQuestion).toBeVisible()
  await screens.current.cancelQuestion.getByRole('button', { name: 'Cancel migration' }).click()
  await expect(screens.outcome.cancelled).toBeVisible()
  await expect.poll(() => tray.tooltip()).toBe('Carolina Migrate — migration cancelled')
  expect(await tray.labels()).toEqual(['Open Carolina Migrate', 'Quit'])
})

test('a migration that ends while the window is closed is told exactly once; a click opens it (S14, card)', async ({
  signedIn,
  stack,
  account,
  desktop,
}) => {
  await startCopying(signedIn.screens, stack.entry(NOTES), account)
  await signedIn.closeWindow()
  // Besides the one that says, once ever, that the app stays in the tray.
  const ofMigration = () => desktop.notifications().filter(({ summary }) => summary.startsWith('Migration'))
  await expect.poll(() => ofMigration().length, { timeout: 30_000 }).toBe(1)
  const [told] = ofMigration()
  expect(told).toMatchObject({ summary: 'Migration complete' })
  expect(told?.body).toContain(`${NOTES} is now in ${account.bucketName}: 2.00 MB in 40 files.`)

  const { screens } = await signedIn.nextWindow(() => {
    desktop.clickNotification(told?.id ?? 0)
  })
  await expect(screens.outcome.complete).toBeVisible()
  expect(ofMigration()).toHaveLength(1)
})

test('after quitting, which says that it goes on, the last migration is back, live (S14, S18)', async ({
  signedIn,
  stack,
  account,
  start,
  desktop,
}) => {
  const toldOfQuit = () => desktop.notifications().filter(({ summary }) => summary === 'Carolina Migrate has quit')
  await startCopying(signedIn.screens, stack.entry(ARCHIVE), account)
  await endsSoon(signedIn, () => quitByMenu(signedIn))
  expect(toldOfQuit()).toHaveLength(1)
  expect(toldOfQuit()[0]?.body).toContain('The migration continues on Carolina Cloud’s side.')
  const { current } = (await start()).screens
  await expect(current.percent).toBeVisible()
  const percent = await current.percentNow()
  await expect.poll(() => current.percentNow()).toBeGreaterThan(percent)
  await expect(current.secretRequest).toBeHidden()
})

test('`Quit` in the tray ends the app; without a migration there is nothing to say (card)', async ({ app, desktop }) => {
  const tray = await desktop.tray()
  await endsSoon(app, () => tray.click('Quit'))
  expect(desktop.notifications()).toEqual([])
})

test('quitting before a worker has taken the secret asks first, and says what it means (B8, S14)', async ({
  signedIn,
  stack,
  account,
  desktop,
}) => {
  await stack.worker.stop()
  try {
    await startMigration(signedIn.screens, stack.entry(NOTES), account)
    await expect(signedIn.screens.current.phase).toHaveText(/^Waiting for/)
    const tray = await desktop.tray()
    await answerMessageBoxes(signedIn, ['Keep it open', 'Quit anyway'])
    await tray.click('Quit…')
    await signedIn.closeWindow()
    expect(await tray.labels()).toContain('Quit…')
    await endsSoon(signedIn, () => quitByMenu(signedIn))
    expect(desktop.notifications().map(({ summary }) => summary)).toEqual(['Carolina Migrate is still here'])
  } finally {
    await stack.worker.start()
  }
})

test('a second launch shows the first instance and ends (B13)', async ({ app, places }) => {
  await app.closeWindow()
  const next = app.electron.waitForEvent('window')
  expect(await startSecond(places)).toBe(0)
  const { signIn } = screensOf(await next)
  await expect(signIn.heading).toBeVisible()
  expect(app.electron.windows()).toHaveLength(1)
})
