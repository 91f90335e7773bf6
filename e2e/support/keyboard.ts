import { expect, type Locator, type Page } from '@playwright/test'

const MAX_TABS = 15

/** Goes on with Tab until it is there, as a person does; never by a click or by script. */
export async function tabTo(page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let tabs = 0; tabs < MAX_TABS; tabs++) {
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press(key)
  }
  await expect(wanted).toBeFocused()
}
