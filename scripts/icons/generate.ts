/**
 * Draws resources/icon*.png from resources/icon.svg and the tray icons from the shapes below.
 *   node scripts/icons/generate.ts        (needs rsvg-convert: apt-get install librsvg2-bin)
 * The results are committed, so only a change of the drawings needs this.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const resources = join(import.meta.dirname, '../../resources')
const tray = join(resources, 'tray')

const cloud = 'M4.6 13.4a3.7 3.7 0 0 1-.5-7.35A4.6 4.6 0 0 1 12.7 5.4a4.05 4.05 0 0 1-.7 8Z'
// What is cut out of the filled cloud; nothing is, of the outlined one at rest.
const glyphs = {
  idle: null,
  running: 'M8.2 11.8V6.7m-2.2 2.2 2.2-2.2 2.2 2.2',
  done: 'm5.8 9.3 1.8 1.8 3.1-3.6',
  failed: 'm6.2 7.3 4 4m0-4-4 4',
  attention: 'M8.2 6.3v3.200m0 2.2v.1',
} as const

// Readable on light and dark panels alike; macOS tints its templates itself.
const MID_TONE = '#7d8892'
const TEMPLATE = '#000000'

function traySvg(glyph: string | null, color: string): string {
  const body =
    glyph === null
      ? `<path d="${cloud}" fill="none" stroke="${color}" stroke-width="1.5" stroke-linejoin="round" transform="translate(.6 .6) scale(.93)"/>`
      : `<mask id="cut"><rect width="16" height="16" fill="#fff"/><path d="${glyph}" fill="none" stroke="#000" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></mask>` +
        `<path d="${cloud}" fill="${color}" mask="url(#cut)"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${body}</svg>`
}

function render(svg: string | Buffer, pixels: number, file: string): void {
  execFileSync('rsvg-convert', ['-w', String(pixels), '-h', String(pixels), '-o', file], { input: svg })
}

mkdirSync(tray, { recursive: true })
for (const [state, glyph] of Object.entries(glyphs)) {
  for (const [suffix, pixels] of [
    ['', 16],
    ['@2x', 32],
  ] as const) {
    render(traySvg(glyph, MID_TONE), pixels, join(tray, `${state}${suffix}.png`))
    render(traySvg(glyph, TEMPLATE), pixels, join(tray, `${state}Template${suffix}.png`))
  }
}
const appIcon = readFileSync(join(resources, 'icon.svg'))
render(appIcon, 512, join(resources, 'icon.png'))
render(appIcon, 256, join(resources, 'icon-256.png'))
