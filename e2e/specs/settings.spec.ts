import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, readlink } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import { appEnvironment, type AppPlaces, sandboxArguments } from '../../scripts/desktop-app/electron-launch.ts'
import { readRuntime } from '../../scripts/local-stack/runtime.ts'
import { projectRoot } from '../../scripts/local-stack/server-programs.ts'
import { screensOf } from '../screens/screens.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { expect, test } from '../support/fixtures.ts'
import { answerSaveDialog } from '../support/save-report.ts'
import { NOTES } from '../support/sample-data.ts'
import { startCopying } from '../support/start-migration.ts'

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000001'

test('the theme changes at once and is kept (B13)', async ({ signedIn, start }) => {
  const settings = new SettingsScreen(signedIn.page)
  await settings.open()
  await expect(settings.heading).toBeVisible()
  await settings.chooseAppearance('Dark')
  await expect.poll(() => settings.isDark()).toBe(true)
  await settings.chooseAppearance('Light')
  await expect.poll(() => settings.isDark()).toBe(false)
  // Not installed here, so the system must not be told to start it.
  await expect(settings.openAtLogin).toBeDisabled()
  await settings.chooseAppearance('Dark')
  await expect.poll(() => settings.isDark()).toBe(true)
  await signedIn.quit()
  expect(await new SettingsScreen((await start()).page).isDark()).toBe(true)
})

test('closing the window keeps the app in the tray and says so once; switched off, it quits (B13)', async ({ signedIn, desktop }) => {
  const tray = await desktop.tray()
  const toldOfTray = () => desktop.notifications().filter(({ summary }) => summary === 'Carolina Migrate is still here')
  await signedIn.closeWindow()
  await expect.poll(() => toldOfTray().length).toBe(1)
  const again = await signedIn.nextWindow(() => tray.click('Open Carolina Migrate'))
  await again.screens.source.heading.waitFor()
  await signedIn.closeWindow()
  const { page } = await signedIn.nextWindow(() => tray.click('Open Carolina Migrate'))
  expect(toldOfTray()).toHaveLength(1)

  const settings = new SettingsScreen(page)
  await settings.open()
  await settings.toggle(settings.keepInTray)
  await expect(settings.keepInTray).not.toBeChecked()
  const ended = signedIn.electron.waitForEvent('close')
  await signedIn.closeWindow()
  await ended
})

test('what is switched off is not told (B13)', async ({ signedIn, stack, account, desktop }) => {
  const settings = new SettingsScreen(signedIn.page)
  await settings.open()
  await settings.toggle(settings.tellCompleted)
  await expect(settings.tellCompleted).not.toBeChecked()
  await signedIn.screens.rail.newMigration.click()
  await startCopying(signedIn.screens, stack.entry(NOTES), account)
  await signedIn.closeWindow()
  const tray = await desktop.tray()
  await expect.poll(() => tray.tooltip(), { timeout: 30_000 }).toContain('migration complete')
  expect(desktop.notifications().filter(({ summary }) => summary.startsWith('Migration'))).toEqual([])
})

test('a link opens its migration from any place; one of nobody’s says so (B13)', async ({ signedIn, stack, account, places }) => {
  await startCopying(signedIn.screens, stack.entry(NOTES), account)
  const migrationId = await lastViewedMigrationId(places)
  const settings = new SettingsScreen(signedIn.page)
  await settings.open()
  expect(await launchWith(places, `carolina-migrate://migrations/${migrationId}`)).toBe(0)
  await expect(settings.heading).toBeHidden()
  await expect(signedIn.screens.outcome.complete).toBeVisible({ timeout: 30_000 })

  expect(await launchWith(places, `carolina-migrate://migrations/${UNKNOWN_ID}`)).toBe(0)
  await expect(settings.linkProblem).toContainText('no longer there')
  await settings.linkProblem.getByRole('button', { name: 'Dismiss' }).click()
  await expect(settings.linkProblem).toBeHidden()
})

test('a link waits for the sign-in (B13)', async ({ app, account, places }) => {
  await launchWith(places, `carolina-migrate://migrations/${UNKNOWN_ID}`)
  await app.screens.signIn.signIn(account.apiKey)
  await expect(new SettingsScreen(app.page).linkProblem).toBeVisible()
})

test('the diagnostics report is shown and tells nobody’s name or key; the licences are there (B13, S9)', async ({
  signedIn,
  account,
  places,
}) => {
  // The app does log these links, but never what they say.
  for (const own of [account.apiKey, account.email]) await launchWith(places, `carolina-migrate://migrations/${own}`)
  const settings = new SettingsScreen(signedIn.page)
  await settings.open()
  await expect(signedIn.page.getByText('fixed by CAROLINA_API_ORIGIN')).toBeVisible()
  await settings.unfold('Diagnostics report')
  await expect(settings.diagnostics).toContainText('Session: signed-in, key kept: keychain')
  const text = await settings.diagnostics.innerText()
  expect(text).toContain('deep-link-ignored')
  for (const own of [account.email, account.apiKey, homedir()]) expect(text).not.toContain(own)
  const file = join(places.userDataFolder, 'report.txt')
  await answerSaveDialog(signedIn, file)
  await signedIn.page.getByRole('button', { name: 'Save…' }).click()
  await expect(signedIn.page.getByText('Saved as report.txt.')).toBeVisible()
  const withoutTime = (report: string) => report.replace(/Report made: .*/, '').trim()
  expect(withoutTime(await readFile(file, 'utf8'))).toBe(withoutTime(text))
  await settings.unfold('Licences')
  // One of the runtime, one of main's bundle, one of the window's.
  for (const part of [/^electron \d/, /^got \d/, /^zustand \d/]) {
    await expect(settings.licences.filter({ hasText: part })).toHaveCount(1)
  }
})

test('another API is used after a new start, which the app makes itself, once it answers (B13)', async ({
  stack,
  places,
  account,
  desktop,
}) => {
  const first = await launchWithoutAddress(places)
  const settings = new SettingsScreen(await first.firstWindow())
  const before = await lockHolder(places)
  const firstTray = await desktop.tray()
  await settings.unfold('Self-hosted?')
  await settings.useApiAddress('http://127.0.0.1:1')
  await expect((await first.firstWindow()).getByRole('alert')).toContainText('No Carolina Cloud API answers')
  const ended = first.waitForEvent('close')
  await settings.useApiAddress(stack.apiOrigin)
  await ended
  // In between nobody holds it.
  await expect.poll(async () => ['', before].includes(await lockHolder(places))).toBe(false)
  const started = await lockHolder(places)
  expect(await isRunning(started)).toBe(true)
  await expect.poll(async () => (await desktop.tray()).isSame(firstTray)).toBe(false)
  await (await desktop.tray()).click('Quit')
  await expect.poll(() => isRunning(started)).toBe(false)

  const second = await launchWithoutAddress(places)
  const { signIn, source } = screensOf(await second.firstWindow())
  await signIn.signIn(account.apiKey)
  await expect(source.heading).toBeVisible()
  await second.close()
})

function launchWithoutAddress(places: AppPlaces) {
  const { CAROLINA_API_ORIGIN: _address, ...env } = { ...definedEnvironment(), ...appEnvironment(places) }
  // What stands behind the folder is given to the new start as well.
  return _electron.launch({ args: [projectRoot, ...sandboxArguments()], cwd: projectRoot, env })
}

/** The process that is the one app of this folder: Chromium's lock is a link to `host-pid`. */
async function lockHolder({ userDataFolder }: AppPlaces): Promise<string> {
  const link = await readlink(join(userDataFolder, 'SingletonLock')).catch(() => '')
  return link.slice(link.lastIndexOf('-') + 1)
}

/** One that has ended and waits for its parent to notice runs no more. */
async function isRunning(pid: string): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return /\) [^ZX] /.test(stat)
}

/** As a browser would start the app for a link; resolves with the exit code of what hands it to the running one. */
async function launchWith(places: AppPlaces, link: string): Promise<unknown> {
  const program = spawn(readRuntime().electron.program, [...sandboxArguments(), projectRoot, link], {
    cwd: projectRoot,
    env: { ...definedEnvironment(), ...appEnvironment(places) },
    stdio: 'ignore',
  })
  const [code] = (await once(program, 'exit')) as [unknown]
  return code
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

async function lastViewedMigrationId({ userDataFolder }: AppPlaces): Promise<string> {
  const settings = JSON.parse(await readFile(join(userDataFolder, 'settings.json'), 'utf8')) as {
    readonly lastViewedMigrationIds: Readonly<Record<string, string>>
  }
  return Object.values(settings.lastViewedMigrationIds)[0] ?? ''
}
