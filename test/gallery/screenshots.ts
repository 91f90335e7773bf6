/**
 * Photographs every scene of the gallery.
 *   node test/gallery/screenshots.ts <folder> [scene ...]
 * CHROMIUM=/usr/bin/chromium names the browser. Fails when a scene breaks the CSP, logs an error, or loses the focus.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { openGallery } from './gallery-site.ts'
import { bringAbout } from './scene-steps.ts'
import { scenes } from './scenes.ts'

const [folder = '/tmp/gallery', ...wanted] = process.argv.slice(2)
const sizes = [
  { name: 'normal', width: 900, height: 640, scale: 1 },
  { name: 'retina', width: 900, height: 640, scale: 2 },
  { name: 'small', width: 720, height: 560, scale: 1 },
  // 900 × 640 at a zoom of 200 %.
  { name: 'zoomed', width: 450, height: 320, scale: 2 },
  { name: 'large', width: 1800, height: 1280, scale: 1 },
].filter(({ name }) => (process.env['SIZES'] ?? 'normal,small,large').split(',').includes(name))

const gallery = await openGallery(join(folder, 'built'))

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
    for (const scene of Object.keys(scenes).filter((name) => wanted.length === 0 || wanted.includes(name))) {
      const page = await context.newPage()
      page.on('console', (message) => message.type() === 'error' && complaints.push(`${scene}: ${message.text()}`))
      page.on('pageerror', (error) => complaints.push(`${scene}: ${error.message}`))
      await page.goto(gallery.addressOf(scene))
      await page.locator('main').waitFor()
      await bringAbout(page, scene)
      await page.screenshot({ path: join(dir, `${scene}.png`) })
      await page.close()
    }
    await context.close()
  }
}
await browser.close()
gallery.stop()
if (complaints.length > 0) {
  process.stderr.write(`${[...new Set(complaints)].join('\n')}\n`)
  process.exitCode = 1
}
