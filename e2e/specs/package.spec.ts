import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import { chown, copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { appEnvironment } from '../../scripts/desktop-app/electron-launch.ts'
import { MIB } from '../../src/shared/domain/units.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { plannedInstallers } from '../support/linux-installers.ts'
import { expect, test } from '../support/package-fixtures.ts'
import { spawnPackaged, startPackagedApp } from '../support/packaged-app.ts'
import { listeningPorts, processTree, renderersOf } from '../support/process-tree.ts'
import { NOTES } from '../support/sample-data.ts'
import { startCopying } from '../support/start-migration.ts'

test('the packed app has every fuse set to the safe side (B13)', async ({ unpacked }) => {
  const wire = await getCurrentFuseWire(unpacked.program)
  const states = Object.fromEntries(
    [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
      FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ].map((fuse) => [FuseV1Options[fuse], wire[fuse] === FuseState.ENABLE]),
  )
  expect(states).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
  })
})

test('the archive is named by version and processor, and holds the app and nothing of its workshop (B13)', async ({ unpacked }) => {
  expect(unpacked.archive).toMatch(/^carolina-migrate-\d+\.\d+\.\d+-linux-(?:x64|arm64)\.tar\.gz$/)
  const asar = join(unpacked.folder, 'resources', 'app.asar')
  const files = listPackage(asar, { isPack: false }).filter((file) => /\.[^/]+$/.test(file))
  // Each kind with its reason: docs/packages.md.
  const allowed = [
    /^\/package\.json$/,
    /^\/out\/(?:main|preload|renderer)\/[\w./-]+\.(?:js|cjs|css|html)$/,
    /^\/out\/(?:main|renderer)\/licences\.json$/,
    /^\/resources\/(?:icon|tray\/\w+(?:@2x)?)\.png$/,
    /^\/node_modules\/keytar\/(?:package\.json|LICENSE\.md|lib\/keytar\.js|build\/Release\/keytar\.node)$/,
  ]
  expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([])
  expect(statSync(asar).size).toBeLessThanOrEqual(8 * MIB)
  expect((await readdir(join(unpacked.folder, 'resources'))).toSorted()).toEqual(['app-update.yml', 'app.asar', 'app.asar.unpacked'])
  const ofElectron = /^(?:carolina-migrate|chrome-sandbox|chrome_crashpad_handler|locales|resources|version|LICENSES?\..+|.+\.(?:pak|so(?:\.1)?|bin|dat)|.+_icd\.json)$/
  expect((await readdir(unpacked.folder)).filter((name) => !ofElectron.test(name))).toEqual([])
  expect(await readdir(join(unpacked.folder, 'locales'))).toEqual(['en-US.pak'])
})

test('the installers for Linux start the app with its sandbox, under its window’s name, for its links (B13)', async ({ unpacked }) => {
  // Only that there is something packed.
  void unpacked
  const installers = await plannedInstallers()
  expect(installers).toHaveLength(3)
  for (const { desktopEntry } of installers) {
    expect(desktopEntry).not.toContain('--no-sandbox')
    expect(desktopEntry).toMatch(/^Exec=(?:AppRun|"\/opt\/Carolina Migrate\/carolina-migrate") %U$/m)
    expect(desktopEntry).toContain('\nMimeType=x-scheme-handler/carolina-migrate;\n')
    expect(desktopEntry).toContain('\nStartupWMClass=carolina-migrate\n')
    expect(desktopEntry).toContain('\nCategories=Network;FileTransfer;\n')
  }
  const files = installers.flatMap(({ args }) => args[args.indexOf('--package') + 1] ?? []).map((path) => basename(path))
  expect(files).toEqual([expect.stringMatching(/^carolina-migrate_[\d.]+_amd64\.deb$/), expect.stringMatching(/^carolina-migrate-[\d.]+\.x86_64\.rpm$/)])
})

test('the packed app starts, its window is a guarded page, and it signs in (B13, Electron rules)', async ({
  unpacked,
  places,
  account,
  desktop,
}) => {
  void desktop
  const app = await startPackagedApp({ program: unpacked.program, places })
  try {
    await expect(app.screens.signIn.heading).toBeVisible()
    expect(await app.page.evaluate("['require', 'process', 'module', 'Buffer'].filter((name) => name in window)")).toEqual([])
    const refusedBy = (attempt: string) => app.page.evaluate(refusal(attempt, places.apiOrigin))
    expect(await refusedBy("add('script', { textContent: 'window.hasRun = true' })")).toBe('script-src-elem')
    expect(await refusedBy('add("script", { src: remote })')).toBe('script-src-elem')
    expect(await refusedBy('setTimeout(() => { try { window.hasRun = (0, eval)("true") } catch {} })')).toBe('script-src')
    expect(await refusedBy('fetch(remote).then(() => (window.hasRun = true), () => {})')).toBe('connect-src')
    expect(await refusedBy('add("img", { src: remote })')).toBe('img-src')
    expect(await refusedBy('add("iframe", { src: remote })')).toBe('frame-src')
    expect(await app.page.evaluate("'hasRun' in window")).toBe(false)
    await app.screens.signIn.signIn(account.apiKey)
    await expect(app.screens.source.heading).toBeVisible()
  } finally {
    await app.end()
  }
})

/** An attempt in the page, and the directive of the policy that stopped it. */
function refusal(attempt: string, remote: string): string {
  return `new Promise((resolve) => {
    const remote = ${JSON.stringify(`${remote}/healthz`)}
    const add = (name, properties) => document.body.append(Object.assign(document.createElement(name), properties))
    addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective), { once: true })
    ${attempt}
  })`
}

test('its page runs in the system’s sandbox, which the app itself never switches off (B13, Electron rules)', async ({ unpacked, places }) => {
  // Root may not have a sandbox; nobody may, where the system gives one to anybody.
  const wrap = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : []
  const commandLine = (...command: [string, ...string[]]) => [...wrap, ...command] as [string, ...string[]]
  const [probe, ...probeArgs] = commandLine('unshare', '-Ur', 'true')
  const isThere = spawnSync(probe, probeArgs).status === 0
  const [file, ...args] = commandLine(unpacked.program, ...(isThere ? [] : ['--no-sandbox']))
  const home = await mkdtemp(join(tmpdir(), 'carolina-nobody-'))
  const authority = join(home, 'Xauthority')
  if (process.env['XAUTHORITY'] !== undefined) await copyFile(process.env['XAUTHORITY'], authority)
  if (wrap.length > 0) for (const path of [home, authority]) await chown(path, 65_534, 65_534)
  const env = { ...process.env, ...appEnvironment({ ...places, userDataFolder: join(home, 'data') }), HOME: home, XAUTHORITY: authority }
  const app = spawn(file, args, { cwd: home, env, stdio: 'ignore' })
  try {
    const renderers = () => renderersOf(app.pid ?? 0)
    await expect.poll(() => renderers().map(({ seccomp }) => seccomp), { timeout: 15_000 }).toEqual([isThere ? '2' : '0'])
    const unsandboxed = processTree(app.pid ?? 0).filter(({ args }) => args.some((arg) => arg.includes('--no-sandbox')))
    expect(unsandboxed.length > 0).toBe(!isThere)
  } finally {
    app.kill('SIGTERM')
    await once(app, 'exit')
    await rm(home, { recursive: true, force: true })
  }
})

test('no debugger gets in: neither by argument nor by signal (B13, Electron rules)', async ({ unpacked, places, desktop }) => {
  const app = spawnPackaged({ program: unpacked.program, places, args: ['--inspect=0', '--inspect-brk=0'], env: { NODE_OPTIONS: '--inspect=0' } })
  const exited = once(app, 'exit')
  try {
    await desktop.tray()
    expect(listeningPorts(app.pid ?? 0)).toEqual([])
    app.kill('SIGUSR1')
    // Node would open its debugger; a program that has none is ended by it.
    expect(await exited).toEqual([null, 'SIGUSR1'])
  } finally {
    app.kill('SIGKILL')
  }
})

test('a link that is clicked while the packed app runs opens its migration there (B13)', async ({
  unpacked,
  places,
  stack,
  account,
  desktop,
}) => {
  void desktop
  const launch = { program: unpacked.program, places }
  const app = await startPackagedApp(launch)
  try {
    await app.screens.signIn.signIn(account.apiKey)
    await startCopying(app.screens, stack.entry(NOTES), account)
    const settings = new SettingsScreen(app.page)
    await settings.open()
    await expect(settings.heading).toBeVisible()
    const stored = JSON.parse(await readFile(join(places.userDataFolder, 'settings.json'), 'utf8')) as {
      readonly lastViewedMigrationIds: Readonly<Record<string, string>>
    }
    const [migrationId = ''] = Object.values(stored.lastViewedMigrationIds)
    const second = spawnPackaged({ ...launch, args: [`carolina-migrate://migrations/${migrationId}`] })
    expect(await once(second, 'exit')).toEqual([0, null])
    await expect(settings.heading).toBeHidden()
    await expect(app.screens.outcome.complete).toBeVisible({ timeout: 30_000 })
  } finally {
    await app.end()
  }
})

test('the packed app enters itself for the login, and takes itself out again (B13)', async ({ unpacked, places, account, desktop }) => {
  void desktop
  const configFolder = join(places.userDataFolder, 'config')
  const entry = join(configFolder, 'autostart', 'io.carolinacloud.migrate.desktop')
  const app = await startPackagedApp({ program: unpacked.program, places, env: { XDG_CONFIG_HOME: configFolder } })
  try {
    await app.screens.signIn.signIn(account.apiKey)
    const settings = new SettingsScreen(app.page)
    await settings.open()
    await settings.toggle(settings.openAtLogin)
    await expect(settings.openAtLogin).toBeChecked()
    expect(await readFile(entry, 'utf8')).toContain(`\nExec="${unpacked.program}" "--launched-at-login"\n`)
    await settings.toggle(settings.openAtLogin)
    await expect(settings.openAtLogin).not.toBeChecked()
    expect(existsSync(entry)).toBe(false)
  } finally {
    await app.end()
  }
})

test('opened at login the packed app waits in the tray, without a page (B13)', async ({ unpacked, places, desktop }) => {
  const app = spawnPackaged({ program: unpacked.program, places, args: ['--launched-at-login'] })
  const exited = once(app, 'exit')
  try {
    const tray = await desktop.tray()
    expect(await tray.labels()).toEqual(['Open Carolina Migrate', 'Quit'])
    expect(renderersOf(app.pid ?? 0)).toEqual([])
    await tray.click('Open Carolina Migrate')
    await expect.poll(() => renderersOf(app.pid ?? 0).length).toBe(1)
    await tray.click('Quit')
    expect(await exited).toEqual([0, null])
  } finally {
    app.kill('SIGKILL')
  }
})
