import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../scripts/local-stack/server-programs.ts'
import { expect, test } from '../support/fixtures.ts'
import type { RunningApp } from '../support/running-app.ts'

const bridgeNames = [
  'cancelMigration', 'changeApiOrigin', 'changePreferences', 'checkForUpdates', 'checkSource', 'dismissLinkProblem',
  'endNewsShown', 'endSourceCount', 'forgetRememberedSource', 'getDemoOffer', 'getFacts', 'getSnapshot', 'listDestinations',
  'listMigrations', 'listRememberedSources', 'onNotice', 'openExternal', 'openMigration', 'putEndNewsAway', 'readDiagnostics',
  'readExceptions', 'readLicences', 'readLog', 'restartToUpdate', 'retryKeychain', 'runAgain', 'saveDiagnostics', 'saveReport',
  'showMigration', 'signIn',
  'signOut', 'startAnother', 'startMigration', 'stopSourceCheck', 'supplySecret', 'tellWizardUse',
]

test('the window is sandboxed, isolated and has no Node (Electron rules)', async ({ app }) => {
  const window = await app.electron.browserWindow(app.page)
  const preferences = await window.evaluate(({ webContents }) => {
    // In Electron's own types only the setter's name is public.
    const { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity } = (
      webContents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
    ).getLastWebPreferences()
    return { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity }
  })
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false })
  expect(preferences.webSecurity).not.toBe(false)
  expect(await inWindow(app, "['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in window)")).toEqual([])
})

test('the window is given named functions only (Electron rules)', async ({ app }) => {
  const bridge = await inWindow(app, 'Object.fromEntries(Object.entries(window.carolina).map(([name, value]) => [name, typeof value]))')
  expect(bridge).toEqual(Object.fromEntries(bridgeNames.map((name) => [name, 'function'])))
})

test('main refuses what does not fit a channel, and tells no stack (Electron rules)', async ({ app }) => {
  const failure = await inWindow(app, "window.carolina.signIn({ apiKey: 7, more: 'x' }).then(JSON.stringify, String)")
  expect(failure).not.toContain(projectRoot)
  expect(failure).not.toMatch(/\.ts:|\.js:|ZodError/)
})

test('the content security policy comes by header, from default-src none (Electron rules)', async ({ app }) => {
  const policy = await fetchFromMain(app, app.page.url()).then(({ policy: text }) => text)
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/unsafe|\*|https?:/)
  expect(policy).toContain("connect-src 'none'")
  expect(await inWindow(app, "fetch('https://example.com').then(() => 'reached', () => 'refused')")).toBe('refused')
  const addInlineScript = "document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.hasRunInline = true' }))"
  expect(await inWindow(app, `${addInlineScript}; 'hasRunInline' in window`)).toBe(false)
})

test('app:// serves the app’s own files and nothing above or beside them (Electron rules)', async ({ app }) => {
  const origin = new URL(app.page.url()).href.replace(/\/[^/]*$/, '')
  expect((await fetchFromMain(app, app.page.url())).status).toBe(200)
  const secretText = readFileSync(join(projectRoot, 'package.json'), 'utf8')
  for (const path of ['/../../package.json', '/%2e%2e/%2e%2e/package.json', '/..%2f..%2fpackage.json', '/%5c..%5c..%5cpackage.json', `/${projectRoot}/package.json`, '/assets/../../main/index.js']) {
    const { status, body } = await fetchFromMain(app, `${origin}${path}`)
    expect(status, path).not.toBe(200)
    expect(body, path).not.toContain(secretText.slice(0, 40))
  }
  const otherHost = await fetchFromMain(app, app.page.url().replace(/^app:\/\/[^/]+/, 'app://elsewhere'))
  expect(otherHost.status).not.toBe(200)
})

test('navigation, new windows and permissions are denied (Electron rules)', async ({ app }) => {
  const before = app.page.url()
  await inWindow(app, "void (window.location.href = 'https://example.com/')")
  expect(await inWindow(app, "window.open('https://example.com/') === null")).toBe(true)
  const asked = {
    notifications: await inWindow(app, 'Notification.requestPermission()'),
    clipboard: await inWindow(app, "navigator.permissions.query({ name: 'clipboard-read' }).then(({ state }) => state)"),
    camera: await inWindow(app, "navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'granted', () => 'denied')"),
  }
  expect(asked).toEqual({ notifications: 'denied', clipboard: 'denied', camera: 'denied' })
  expect(app.page.url()).toBe(before)
  expect(app.electron.windows()).toHaveLength(1)
})

/** As text: this side is Node, whose types know no window. */
function inWindow(app: RunningApp, script: string): Promise<unknown> {
  return app.page.evaluate(script)
}

/** By main's own network stack, which knows app:// too. */
function fetchFromMain(app: RunningApp, url: string): Promise<{ status: number; policy: string; body: string }> {
  return app.electron.evaluate(async ({ net }, address) => {
    const answer = await net.fetch(address).catch(() => null)
    if (answer === null) return { status: 0, policy: '', body: '' }
    return { status: answer.status, policy: answer.headers.get('content-security-policy') ?? '', body: await answer.text() }
  }, url)
}
