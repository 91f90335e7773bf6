import { statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { buildPackage } from '../../scripts/package/build-package.ts'
import { MIB } from '../../src/shared/domain/units.ts'
import { expect, test } from '../support/fixtures.ts'
import { packagedProgram, packageFolder, startPackagedApp } from '../support/packaged-app.ts'

const asarFile = join(packageFolder, 'resources', 'app.asar')

test.beforeAll(async () => {
  test.setTimeout(120_000)
  await buildPackage(['--linux', 'dir'])
})

test('the packed app has every fuse set to the safe side (B13)', async () => {
  const wire = await getCurrentFuseWire(packagedProgram)
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

test('the package holds the app and nothing of its workshop (B13)', async () => {
  const files = listPackage(asarFile, { isPack: false }).filter((file) => /\.[^/]+$/.test(file))
  const allowed = [
    /^\/package\.json$/,
    /^\/out\/(?:main|preload|renderer)\/[\w./-]+\.(?:js|cjs|css|html)$/,
    /^\/out\/(?:main|renderer)\/licences\.json$/,
    /^\/resources\/(?:icon|tray\/\w+(?:@2x)?)\.png$/,
    /^\/node_modules\/keytar\/(?:package\.json|LICENSE\.md|lib\/keytar\.js|build\/Release\/keytar\.node)$/,
  ]
  expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([])
  expect(statSync(asarFile).size).toBeLessThanOrEqual(8 * MIB)
  expect((await readdir(join(packageFolder, 'resources'))).toSorted()).toEqual(['app-update.yml', 'app.asar', 'app.asar.unpacked'])
})

test('the packed app starts, signs in, and its window is a guarded page (B13, Electron rules)', async ({ places, account, desktop }) => {
  void desktop
  const app = await startPackagedApp(places)
  try {
    await expect(app.screens.signIn.heading).toBeVisible()
    expect(await app.page.evaluate("['require', 'process', 'module', 'Buffer'].filter((name) => name in window)")).toEqual([])
    expect(await app.page.evaluate("fetch('https://example.com').then(() => 'reached', () => 'refused')")).toBe('refused')
    const addInlineScript =
      "document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.hasRunInline = true' }))"
    expect(await app.page.evaluate(`${addInlineScript}; 'hasRunInline' in window`)).toBe(false)
    await app.screens.signIn.signIn(account.apiKey)
    await expect(app.screens.source.heading).toBeVisible()
  } finally {
    await app.end()
  }
})
