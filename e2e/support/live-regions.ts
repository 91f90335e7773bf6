import type { Page } from '@playwright/test'

/** In the page: keeps each new text of a live region, as a screen reader would say it. */
const listen = `(() => {
  window.heard = []
  const regions = '[aria-live=polite], [aria-live=assertive], [role=status], [role=alert], [role=log]'
  const told = new Map()
  new MutationObserver(() => {
    for (const region of document.querySelectorAll(regions)) {
      const text = region.textContent.trim()
      if (text !== '' && told.get(region) !== text) window.heard.push(text)
      told.set(region, text)
    }
  }).observe(document.body, { childList: true, characterData: true, subtree: true })
})()`

/** @returns what has been said since, in order */
export async function hearLiveRegions(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(listen)
  return () => page.evaluate<readonly string[]>('window.heard')
}
