/**
 * Builds the gallery as the app is built, serves it under the app's own CSP, and photographs every scene.
 *   node test/gallery/screenshots.ts <folder> [scene ...]
 * CHROMIUM=/usr/bin/chromium names the browser. Fails when a scene breaks the CSP, logs an error, or loses the focus.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { chromium, expect, type Page } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { contentSecurityPolicy } from '../../src/main/security/content-security-policy.ts'

const [folder = '/tmp/gallery', ...wanted] = process.argv.slice(2)
const builtDir = join(folder, 'built')
const sceneFiles = ['scenes.ts', 'migration-scenes.ts', 'outcome-scenes.ts', 'history-scenes.ts', 'settings-scenes.ts']
const sceneTables = await Promise.all(
  sceneFiles.map(async (name) => {
    const text = await readFile(join(import.meta.dirname, name), 'utf8')
    return text.slice(text.search(/^export const \w*scenes\b/im))
  }),
)
const sceneNames = [...sceneTables.join('\n').matchAll(/^ {2}'?([a-z-]+)'?: (?:\{|settings,)/gm)].map(([, name = '']) => name)
const sizes = [
  { name: 'normal', width: 900, height: 640, scale: 1 },
  { name: 'retina', width: 900, height: 640, scale: 2 },
  { name: 'small', width: 720, height: 560, scale: 1 },
  { name: 'large', width: 1800, height: 1280, scale: 1 },
].filter(({ name }) => (process.env['SIZES'] ?? 'normal,small,large').split(',').includes(name))
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

await build({
  root: import.meta.dirname,
  plugins: [react()],
  logLevel: 'warn',
  build: { outDir: builtDir, emptyOutDir: true, target: 'chrome130' },
})
const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://gallery').pathname
  const file = join(builtDir, path === '/' ? 'index.html' : path)
  void readFile(file).then(
    (body) =>
      response
        .writeHead(200, {
          'Content-Type': types[extname(file)] ?? 'application/octet-stream',
          'Content-Security-Policy': contentSecurityPolicy,
        })
        .end(body),
    () => response.writeHead(404).end(),
  )
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const address = server.address()
if (address === null || typeof address === 'string') throw new Error('no port')

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const complaints: string[] = []
for (const { name: sizeName, width, height, scale } of sizes) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const dir = join(folder, `${sizeName}-${colorScheme}`)
    await mkdir(dir, { recursive: true })
    const context = await browser.newContext({
      viewport: { width, height },
      deviceScaleFactor: scale,
      colorScheme,
      reducedMotion: 'reduce',
    })
    for (const scene of sceneNames.filter((name) => wanted.length === 0 || wanted.includes(name))) {
      const page = await context.newPage()
      page.on('console', (message) => message.type() === 'error' && complaints.push(`${scene}: ${message.text()}`))
      page.on('pageerror', (error) => complaints.push(`${scene}: ${error.message}`))
      await page.goto(`http://127.0.0.1:${address.port}/?scene=${scene}`)
      await page.locator('main').waitFor()
      await bringAbout(page, scene)
      await page.screenshot({ path: join(dir, `${scene}.png`) })
      await page.close()
    }
    await context.close()
  }
}
await browser.close()
server.close()
if (complaints.length > 0) {
  process.stderr.write(`${[...new Set(complaints)].join('\n')}\n`)
  process.exitCode = 1
}

/** The clicks that some scenes need. */
async function bringAbout(page: Page, scene: string): Promise<void> {
  if (scene.startsWith('review-') && scene !== 'review-long') {
    await page.getByRole('button', { name: 'Start migration' }).click()
    await page.getByRole('alert').waitFor()
  }
  if (scene === 'current-offline') await page.getByRole('button', { name: 'Cancel migration' }).click()
  if (scene === 'current-copying' || scene === 'failed') {
    const title = scene === 'failed' ? 'Details' : 'Recent activity'
    await page.getByRole('button', { name: title }).click()
    if (scene === 'current-copying') await page.getByRole('listitem').first().waitFor()
    await page.getByRole('button', { name: title }).scrollIntoViewIfNeeded()
  }
  if (scene === 'current-secret-refused') {
    await page.getByLabel('Secret key', { exact: true }).fill('wrong')
    await page.getByRole('button', { name: 'Hand over the secret key' }).click()
    await page.getByRole('alert').waitFor()
  }
  await bringAboutOutcome(page, scene)
  await bringAboutSettings(page, scene)
  if (/^source-(counting|ready|noted|archived.*)$/.test(scene)) {
    await page.getByRole('region', { name: /Source check|archived files/ }).last().evaluate((element) => element.scrollIntoView({ block: 'end' }))
  }
  if (scene === 'review' || scene === 'partial-review') {
    await page.getByRole('checkbox').scrollIntoViewIfNeeded()
  }
  if (scene === 'source-empty') await page.getByRole('combobox', { name: 'Provider' }).press('ArrowDown')
  if (scene === 'source-typed') {
    await page.getByLabel('Secret key', { exact: true }).fill('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
    await page.getByRole('button', { name: 'Which permissions?' }).click()
    await page.getByRole('button', { name: 'Which permissions?' }).scrollIntoViewIfNeeded()
  }
}

async function bringAboutOutcome(page: Page, scene: string): Promise<void> {
  if (scene === 'completed-saved' || scene === 'completed-not-saved') {
    await page.getByRole('button', { name: 'Save report…' }).click()
    if (scene === 'completed-saved') await page.getByRole('button', { name: 'Details' }).click()
    else await page.getByRole('alert').waitFor()
  }
  if (scene === 'exceptions-table') {
    await page.getByRole('row').nth(2).click()
    for (let steps = 0; steps < 2; steps += 1) await page.keyboard.press('ArrowDown')
    await page.getByRole('region', { name: 'Selected file' }).scrollIntoViewIfNeeded()
  }
  if (scene.startsWith('again-')) await bringAboutRunAgain(page, scene)
  if (scene === 'exceptions-retried') {
    await page.getByRole('button', { name: 'Try again' }).press('Enter')
    await expect(page.getByRole('heading', { name: 'Files that are not across' })).toBeFocused()
  }
  if (scene.startsWith('history-')) {
    await page.getByRole('button', { name: 'History' }).click()
    if (scene === 'history-no-match') {
      await page.getByRole('searchbox').fill('100%_photos')
      await page.getByText('No migration has').waitFor()
    }
    if (scene === 'history-many') await page.getByRole('searchbox').press('Tab')
    if (scene === 'history-opened') await page.getByRole('row').nth(1).click()
    if (scene === 'history-last-page') {
      await page.getByRole('button', { name: 'Show more' }).press('Enter')
      // From there it is one step down to the new ones.
      await expect(page.getByRole('row').nth(3)).toBeFocused()
    }
    if (scene === 'history-retried') {
      await page.getByRole('button', { name: 'Try again' }).press('Enter')
      await expect(page.getByRole('heading', { name: 'History' })).toBeFocused()
    }
  }
}

async function bringAboutRunAgain(page: Page, scene: string): Promise<void> {
  const copyFailed = page.getByRole('button', { name: 'Copy what failed' })
  await copyFailed.press('Enter')
  const secret = page.getByLabel('Secret key', { exact: true })
  if (scene === 'again-secret') await page.getByText('Remember in').click()
  if (scene === 'again-locked' || scene === 'again-no-longer-fits') await expect(secret).toBeFocused()
  if (scene.startsWith('again-typed-')) {
    await secret.fill('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
    await secret.press('Enter')
  }
  if (/-(source|stopped|live)$/.test(scene)) await expect(page.getByRole('alert')).toBeFocused()
  if (scene === 'again-typed-called-off') {
    await page.getByRole('button', { name: 'Not now' }).press('Enter')
    await page.locator('body[data-check-stopped]').waitFor()
    await expect(secret).toBeHidden()
    await expect(copyFailed).toBeFocused()
  }
}

async function bringAboutSettings(page: Page, scene: string): Promise<void> {
  if (scene === 'self-hosting') await page.getByRole('button', { name: 'Self-hosted?' }).click()
  if (!scene.startsWith('settings-')) return
  await page.getByRole('button', { name: 'Settings' }).click()
  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).evaluate((element) => element.scrollIntoView())
  if (scene === 'settings-general') await heading('General')
  if (scene === 'settings-refused') {
    await page.getByRole('switch', { name: 'Open at login' }).focus()
    await page.keyboard.press('Space')
    await page.getByRole('alert').waitFor()
  }
  if (/sources|locked/.test(scene)) await heading('Remembered sources')
  if (scene === 'settings-locked') {
    await page.getByRole('button', { name: 'Forget AKIAIOSFODNN7EXAMPLE' }).click()
    await page.getByRole('alert').waitFor()
  }
  if (scene.startsWith('settings-address')) await heading('Carolina Cloud address')
  if (scene === 'settings-address-refused') {
    await page.getByLabel('API address').fill('https://nowhere.example.org')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
  }
  if (/help|diagnostics|licences/.test(scene)) await heading('Help')
  if (scene === 'settings-diagnostics') {
    await page.getByRole('button', { name: 'Diagnostics report' }).click()
    await page.getByRole('button', { name: 'Save…' }).click()
    await page.getByText('Saved as').waitFor()
    await page.getByText('Saved as').scrollIntoViewIfNeeded()
  }
  if (scene === 'settings-licences') {
    await page.getByRole('button', { name: 'Licences' }).click()
    await page.getByText('React', { exact: false }).first().click()
    await page.getByRole('group').nth(1).scrollIntoViewIfNeeded()
  }
}
