import type { Page } from '@playwright/test'
import { axeComplaints } from '../../../e2e/support/axe.ts'
import { bringAbout } from '../scene-steps.ts'
import { scenes } from '../scenes.ts'
import { expect, test } from './fixtures.ts'
import { layoutComplaints } from './layout.ts'

/** Every state of the window, also those that no test can bring the real app to at will. */
for (const scene of Object.keys(scenes)) {
  test(`${scene}: axe finds nothing in either theme, nothing moves, nothing is cut off (B13)`, async ({ gallery }) => {
    const { page, addressOf } = gallery
    await page.setViewportSize({ width: 900, height: 640 })
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.goto(addressOf(scene))
    await page.locator('main').waitFor()
    await bringAbout(page, scene)
    // What is hovered lies under a veil, whose colours axe does not mix.
    await page.mouse.move(899, 0)
    expect.soft(await axeComplaints(page), 'light').toEqual([])
    expect.soft(await page.evaluate(() => document.getAnimations().length), 'reduced motion').toBe(0)
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    expect.soft(await axeComplaints(page, 'colours'), 'dark').toEqual([])
    await closeList(page)
    await page.setViewportSize({ width: 720, height: 560 })
    expect.soft(await layoutComplaints(page), 'the smallest window').toEqual([])
    // What 900 × 640 is at a zoom of 200 %.
    await page.setViewportSize({ width: 450, height: 320 })
    expect.soft(await layoutComplaints(page), '200 %').toEqual([])
  })
}

/** An open list lies over the page, as it should. */
async function closeList(page: Page): Promise<void> {
  if ((await page.getByRole('listbox').count()) > 0) await page.keyboard.press('Escape')
}
