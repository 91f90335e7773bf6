import { addKeyring } from '../desktop/keyring.ts'
import { addRefusingSecretService, listenToKeychain } from '../desktop/secret-service.ts'
import { type SessionBus, startSessionBus } from '../desktop/session-bus.ts'
import { type DesktopStub, startDesktopStub } from '../desktop/desktop-stub.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { endsSoon, quitByMenu } from '../support/ending.ts'
import { expect, test as base } from '../support/fixtures.ts'
import { scanFolder } from '../support/leak-scan.ts'
import { type RunningApp, startApp } from '../support/running-app.ts'
import { NOTES } from '../support/sample-data.ts'

interface KeychainFixtures {
  /** With nothing on it but what a test puts there. */
  readonly session: SessionBus
  readonly panel: DesktopStub
  readonly startHere: () => Promise<RunningApp>
}

const test = base.extend<KeychainFixtures>({
  session: async ({}, use) => {
    const session = await startSessionBus()
    await use(session)
    await session.close()
  },
  panel: async ({ session }, use) => use(await startDesktopStub(session.connect())),
  startHere: async ({ places, session, panel }, use) => {
    void panel
    const apps: RunningApp[] = []
    await use(async () => {
      const app = await startApp(places, session.env)
      apps.push(app)
      return app
    })
    for (const { electron } of apps) await electron.close()
  },
})

test('locked: said by name, nothing written instead, and used again once it is unlocked (S9, B13)', async ({
  session,
  startHere,
  account,
  stack,
  places,
}) => {
  const keyring = await addKeyring(session)
  const keptKeys = () => keyring.read(`api-key@${stack.apiOrigin}`)
  const first = await startHere()
  await first.screens.signIn.signIn(account.apiKey)
  await expect(first.screens.source.heading).toBeVisible()
  expect(await keptKeys()).toEqual([account.apiKey])
  await endsSoon(first, () => quitByMenu(first))

  await keyring.lock()
  const app = await startHere()
  const { signIn, source, rail } = app.screens
  await test.step('a start does not take the key for gone', async () => {
    await expect(signIn.refusal).toContainText(/GNOME Keyring is locked\..*Your API key may be in it\./)
    await keyring.unlock()
    await signIn.tryAgainButton.click()
    await expect(source.heading).toBeVisible()
  })
  await test.step('a sign-out does not say that the key is gone', async () => {
    await keyring.lock()
    await rail.signOutButton.click()
    await expect(signIn.refusal).toContainText('You are signed out, but the API key may still be in GNOME Keyring.')
  })
  await test.step('a sign-in works, only until the app quits', async () => {
    await signIn.signIn(account.apiKey)
    await expect(signIn.keptUntilQuit).toContainText('GNOME Keyring is locked, so the API key is in memory only')
    await signIn.tryAgainButton.click()
    await expect(signIn.keptUntilQuit).toContainText('Tried again just now, without success.')
  })
  await test.step('unlocked, it is used again', async () => {
    const settings = new SettingsScreen(app.page)
    await settings.open()
    await expect(settings.key).toContainText('In memory only, until the app quits')
    await keyring.unlock()
    await settings.tryKeychainAgain.click()
    await expect(settings.key).toHaveText('Kept in GNOME Keyring')
    await expect(signIn.keptUntilQuit).toBeHidden()
    expect(await keptKeys()).toEqual([account.apiKey])
  })
  await keyring.lock()
  await endsSoon(app, () => quitByMenu(app))
  expect(await scanFolder(places.userDataFolder, { 'API key': account.apiKey })).toEqual([])
})

for (const { what, words, prepare } of [
  { what: 'missing', words: 'is not available', prepare: () => Promise.resolve() },
  { what: 'denied', words: 'did not let the app in', prepare: addRefusingSecretService },
] as const) {
  test(`${what}: everything works, only until the app quits, and nothing is written instead (S9, B7)`, async ({
    session,
    startHere,
    account,
    stack,
    places,
  }) => {
    await prepare(session)
    const app = await startHere()
    const { signIn, source, destination, review, current, outcome, rail } = app.screens
    await expect(signIn.refusal).toContainText(`GNOME Keyring ${words}.`)
    await signIn.signIn(account.apiKey)
    await expect(signIn.keptUntilQuit).toContainText(`GNOME Keyring ${words}, so the API key is in memory only`)

    const entry = stack.entry(NOTES)
    await source.pass(entry)
    await destination.pass(account.bucketName)
    await review.rememberSecret()
    await review.startButton.click()
    await expect(app.page.getByText('The migration has started, but the secret key is not remembered.')).toBeVisible()
    await expect(current.percent.or(outcome.complete)).toBeVisible()
    await rail.signOutButton.click()
    await expect(signIn.heading).toBeVisible()
    await expect(app.page.getByText('may still be in')).toBeHidden()
    await endsSoon(app, () => app.electron.process().kill('SIGTERM'))
    const secrets = { 'API key': account.apiKey, 'source secret': entry.secretAccessKey }
    expect(await scanFolder(places.userDataFolder, secrets)).toEqual([])
  })
}

test('slow: a prompt that nobody answers holds up nothing, quitting least of all (S9, B7, B13)', async ({
  session,
  startHere,
  panel,
  account,
  stack,
  places,
}) => {
  const keyring = await addKeyring(session)
  await keepKey(await startHere(), account.apiKey)
  await keyring.lock()
  const stopPrompting = await keyring.promptNobody()

  const app = await startHere()
  const { signIn, source, destination, review, current, rail } = app.screens
  await expect(app.page.getByText('Waiting for GNOME Keyring…')).toBeVisible()
  await signIn.insteadButton.click()
  await signIn.signIn(account.apiKey)
  await expect(signIn.keptUntilQuit).toContainText('GNOME Keyring has not answered yet')
  const entry = stack.entry(NOTES)
  await source.pass(entry)
  await destination.pass(account.bucketName)
  await review.rememberSecret()
  await review.startButton.click()
  await expect(current.percent).toBeVisible()
  await rail.signOutButton.click()
  await expect(signIn.heading).toBeVisible()
  const tray = await panel.tray()
  await expect.poll(() => tray.labels()).toContain('Quit')
  await endsSoon(app, () => tray.click('Quit'))
  const secrets = { 'API key': account.apiKey, 'source secret': entry.secretAccessKey }
  expect(await scanFolder(places.userDataFolder, secrets)).toEqual([])

  await test.step('once the prompt is gone and the keyring open, it is used again', async () => {
    const again = await startHere()
    await again.screens.signIn.insteadButton.click()
    await again.screens.signIn.signIn(account.apiKey)
    await expect(again.screens.signIn.keptUntilQuit).toBeVisible()
    stopPrompting()
    await keyring.unlock()
    await expect(again.screens.signIn.keptUntilQuit).toBeHidden()
    await expect.poll(() => keyring.read(`api-key@${stack.apiOrigin}`)).toEqual([account.apiKey])
  })
})

test('quitting makes no call of the keychain: by menu, tray and signal (card)', async ({ session, startHere, panel, account }) => {
  await addKeyring(session)
  const calls = await listenToKeychain(session)
  const ways = [
    quitByMenu,
    async () => (await panel.tray()).click('Quit'),
    ({ electron }: RunningApp) => electron.process().kill('SIGTERM'),
  ]
  for (const [index, quit] of ways.entries()) {
    const app = await startHere()
    if (index === 0) await app.screens.signIn.signIn(account.apiKey)
    await expect(app.screens.source.heading).toBeVisible()
    // The start read the key, or the sign-in kept it: what is listened to is really heard.
    expect(calls).toContain('SearchItems')
    const before = calls.length
    await endsSoon(app, () => quit(app))
    expect(calls.slice(before)).toEqual([])
  }
})

async function keepKey(app: RunningApp, apiKey: string): Promise<void> {
  await app.screens.signIn.signIn(apiKey)
  await expect(app.screens.source.heading).toBeVisible()
  await endsSoon(app, () => quitByMenu(app))
}

