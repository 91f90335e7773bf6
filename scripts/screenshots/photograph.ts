import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { projectRoot } from '../local-stack/server-programs.ts'

export const screenshotFolder = join(projectRoot, 'docs', 'screenshots')
const themes = ['light', 'dark'] as const

/** Takes `light/<name>.png` and `dark/<name>.png` of what the window shows. */
export type Photograph = (name: string) => Promise<void>

export async function preparePhotograph(page: Page): Promise<Photograph> {
  for (const theme of themes) {
    await rm(join(screenshotFolder, theme), { recursive: true, force: true })
    await mkdir(join(screenshotFolder, theme), { recursive: true })
  }
  return async (name) => {
    // A hovered button looks pressed in a picture.
    await page.mouse.move(0, 0)
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.screenshot({ path: join(screenshotFolder, colorScheme, `${name}.png`), caret: 'hide' })
    }
  }
}
