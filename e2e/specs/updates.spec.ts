import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppPlaces } from '../../scripts/desktop-app/electron-launch.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { copyOf, expect, test as base, type UnpackedPackage } from '../support/package-fixtures.ts'
import { type PackagedApp, type PackagedLaunch, startPackagedApp } from '../support/packaged-app.ts'
import { startUpdateFeed, type UpdateFeed } from '../support/update-feed.ts'

/**
 * The packed app as an AppImage's own runtime starts it: unpacked somewhere, told where that is and which file it came
 * from. The runtime itself and a real AppImage cannot be had here; the file is a script, and so is the one it becomes.
 */
interface AsAppImage {
  readonly launch: PackagedLaunch
  readonly file: string
  /** Written by the new version when it is started. */
  readonly startedMark: string
  readonly cacheFolder: string
}

const newVersion = (mark: string): Buffer => Buffer.from(`#!/bin/sh\n[ -n "$APPIMAGE_EXIT_AFTER_INSTALL" ] || echo "$0" > '${mark}'\n`)

async function asAppImage(unpacked: UnpackedPackage, places: AppPlaces, feedUrl: string): Promise<AsAppImage> {
  const mounted = join(places.userDataFolder, 'mounted')
  const program = await copyOf(unpacked, mounted)
  const appUpdate = join(mounted, 'resources', 'app-update.yml')
  const shipped = await readFile(appUpdate, 'utf8')
  // Hard-linked: written anew, or the package itself would change.
  await rm(appUpdate)
  await writeFile(appUpdate, shipped.replace(/^url: .*$/m, `url: ${feedUrl}`))
  const file = join(places.userDataFolder, 'apps', 'Carolina-Migrate-x86_64.AppImage')
  await mkdir(join(file, '..'))
  await writeFile(file, '#!/bin/sh\n# the old version\n')
  await chmod(file, 0o755)
  const cacheFolder = join(places.userDataFolder, 'cache')
  const env = { APPIMAGE: file, APPDIR: mounted, XDG_CACHE_HOME: cacheFolder }
  return { launch: { program, places, env }, file, startedMark: markOf(places), cacheFolder }
}

const markOf = ({ userDataFolder }: AppPlaces): string => join(userDataFolder, 'new-version-started')

interface Fixtures {
  readonly release: { readonly version: string; readonly served?: Buffer; readonly isMoved?: boolean }
  readonly feed: UpdateFeed
  readonly appImage: AsAppImage
  readonly running: PackagedApp
  readonly settings: SettingsScreen
}

const test = base.extend<Fixtures>({
  release: [{ version: '99.0.0' }, { option: true }],
  feed: async ({ places, release }, use) => {
    const feed = await startUpdateFeed({ published: newVersion(markOf(places)), ...release })
    await use(feed)
    feed.stop()
  },
  appImage: async ({ unpacked, places, feed }, use) => use(await asAppImage(unpacked, places, feed.url)),
  running: async ({ appImage, account, desktop }, use) => {
    void desktop
    const app = await startPackagedApp(appImage.launch)
    await app.screens.signIn.signIn(account.apiKey)
    await app.screens.source.heading.waitFor()
    await use(app)
    await app.end()
  },
  settings: async ({ running }, use) => {
    const settings = new SettingsScreen(running.page)
    await settings.open()
    await use(settings)
  },
})

test('an update is fetched from the feed alone, by nobody in particular, and takes the app’s place when it quits (B13)', async ({
  settings,
  running,
  feed,
  appImage,
  places,
  desktop,
}) => {
  await settings.checkForUpdates.click()
  await expect(settings.updates).toContainText('Version 99.0.0 is ready.')
  await expect(running.page.getByRole('button', { name: 'Settings Update' })).toBeVisible()
  expect(feed.requests.map(({ path }) => path)).toEqual(['/migrate/latest-linux.yml', '/migrate/Carolina-Migrate-x86_64.AppImage'])
  for (const { headers } of feed.requests) {
    expect(Object.keys(headers).filter((name) => /id|cookie|auth|key/i.test(name))).toEqual([])
  }
  expect(await readFile(appImage.file, 'utf8')).toContain('the old version')

  await (await desktop.tray()).click('Quit')
  expect(await running.exited).toBe(0)
  expect(await readFile(appImage.file)).toEqual(newVersion(markOf(places)))
  expect(existsSync(appImage.startedMark)).toBe(false)
})

test('`Restart to update` installs it and starts the new version (B13)', async ({ settings, running, appImage, places }) => {
  await settings.checkForUpdates.click()
  await settings.restartToUpdate.click()
  expect(await running.exited).toBe(0)
  expect(await readFile(appImage.file)).toEqual(newVersion(markOf(places)))
  await expect.poll(() => existsSync(appImage.startedMark)).toBe(true)
})

test('a download that is gone at the restart leaves the app as it is, and the person is told (B13)', async ({ settings, running, appImage }) => {
  await settings.checkForUpdates.click()
  await expect(settings.updates).toContainText('Version 99.0.0 is ready.')
  await rm(join(appImage.cacheFolder, 'carolina-migrate-updater'), { recursive: true })
  await settings.restartToUpdate.click()
  await expect(settings.updates).toContainText('Nothing was changed')
  expect(await readFile(appImage.file, 'utf8')).toContain('the old version')
  await settings.checkForUpdates.click()
  await expect(settings.updates).toContainText('Version 99.0.0 is ready.')
  await settings.restartToUpdate.click()
  expect(await running.exited).toBe(0)
  await expect.poll(() => existsSync(appImage.startedMark)).toBe(true)
})

test('a restart takes no draft of the wizard away (B13)', async ({ settings, running }) => {
  await settings.checkForUpdates.click()
  await expect(settings.updates).toContainText('Version 99.0.0 is ready.')
  const { page, screens } = running
  await screens.rail.newMigration.click()
  await screens.source.bucket.fill('photos')
  await page.getByRole('button', { name: 'Settings Update' }).click()
  await settings.restartToUpdate.click()
  await expect(page.getByRole('alert')).toContainText('would be lost')
  await screens.rail.newMigration.click()
  await expect(screens.source.bucket).toHaveValue('photos')
})

test('no update comes while the wizard is filled in; it comes after (B13)', async ({ running, feed }) => {
  const { page, screens } = running
  await screens.source.bucket.fill('photos')
  expect(await page.evaluate('carolina.checkForUpdates(null)')).toEqual({ ok: false, error: { code: 'update-held' } })
  expect(feed.requests).toEqual([])
  await screens.rail.history.click()
  await expect.poll(() => feed.requests.length).toBe(2)
})

test.describe('an artefact that is not what was published', () => {
  test.use({ release: { version: '99.0.0', served: Buffer.from('#!/bin/sh\n# somebody else’s\n') } })
  test('is thrown away, and the person is told (B13)', async ({ settings, running, appImage, desktop }) => {
    await settings.checkForUpdates.click()
    await expect(settings.updates).toContainText('nothing was installed')
    expect(await filesBelow(join(appImage.cacheFolder, 'carolina-migrate-updater'))).toEqual([])
    await (await desktop.tray()).click('Quit')
    await running.exited
    expect(await readFile(appImage.file, 'utf8')).toContain('the old version')
  })
})

test.describe('a feed that sends elsewhere', () => {
  test.use({ release: { version: '99.0.0', isMoved: true } })
  test('is not followed there (B13)', async ({ settings, feed }) => {
    await settings.checkForUpdates.click()
    await expect(settings.updates).toContainText('could not be reached')
    expect(feed.requests.map(({ path }) => path)).toEqual(['/migrate/latest-linux.yml', '/migrate/Carolina-Migrate-x86_64.AppImage'])
  })
})

test.describe('a feed with an older version', () => {
  test.use({ release: { version: '0.0.1' } })
  test('changes nothing (B13)', async ({ settings, feed }) => {
    await settings.checkForUpdates.click()
    await expect(settings.updates).toContainText('This is the newest version.')
    expect(feed.requests.map(({ path }) => path)).toEqual(['/migrate/latest-linux.yml'])
  })
})

test('what was unpacked from an archive does not update itself, and says so (B13)', async ({ appImage, feed, account, desktop }) => {
  void desktop
  const { APPDIR: _mounted, ...env } = appImage.launch.env ?? {}
  const app = await startPackagedApp({ ...appImage.launch, env: { ...env, APPDIR: '/usr' } })
  await app.screens.signIn.signIn(account.apiKey)
  const settings = new SettingsScreen(app.page)
  await settings.open()
  await expect(settings.updates).toContainText('does not update itself')
  await expect(settings.checkForUpdates).toBeHidden()
  expect(await app.page.evaluate('carolina.checkForUpdates(null)')).toEqual({ ok: true, value: null })
  await app.end()
  expect(feed.requests).toEqual([])
})

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}
