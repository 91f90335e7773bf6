import { expect, type Locator, type Page } from '@playwright/test'

const MAX_TABS = 30

/** In the page: what is wrong with where the focus is, or nothing. A radio's or a box's own input is drawn by its label. */
const ringComplaint = `(() => {
  const focused = document.activeElement
  if (focused === null || focused === document.body) return 'nothing has the focus'
  const label = focused.closest('label')
  const drawn = [focused, focused.closest('[role=row]'), label, ...(label?.querySelectorAll('*') ?? [])]
  const hasRing = (element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
  }
  return drawn.some((element) => element !== null && hasRing(element)) ? '' : 'no focus ring on ' + focused.outerHTML.slice(0, 120)
})()`

/** Goes on with Tab until it is there, as a person does; never by a click or by script. Each stop must be seen. */
export async function tabTo(page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let tabs = 0; tabs < MAX_TABS; tabs++) {
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press(key)
    expect(await page.evaluate<string>(ringComplaint)).toBe('')
  }
  await expect(wanted).toBeFocused()
}

/** In the page: begins to keep where Tab has been. */
const beginRound = 'window.stops = []'
/** Whether Tab has come to where it was before; what came out of order on the way is a complaint. */
const nextStop = `(() => {
  const stop = document.activeElement
  if (window.stops.includes(stop)) return 'round'
  const last = window.stops.at(-1)
  window.stops.push(stop)
  const goesBack = last !== undefined && (last.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_PRECEDING) !== 0
  window.wraps = (window.stops.length === 1 ? 0 : window.wraps) + (goesBack ? 1 : 0)
  return ''
})()`
/** The buttons and fields that Tab has passed by. Of a group or a grid one stop stands for all. */
const missedControls = `[...document.querySelectorAll('button, input, summary')]
  .filter((control) => !control.disabled && control.tabIndex >= 0 && control.checkVisibility() && !window.stops.includes(control))
  .filter((control) => control.type !== 'radio' && control.closest('[role=grid], [aria-hidden=true]') === null)
  .map((control) => control.outerHTML.slice(0, 160))`

/** Once round the page with Tab alone: each control is met and seen, in the page's order, and nothing holds the focus. */
export async function tabAround(page: Page): Promise<void> {
  await page.evaluate(beginRound)
  for (let tabs = 0; ; tabs++) {
    expect(tabs, 'Tab comes round').toBeLessThan(120)
    await page.keyboard.press('Tab')
    expect(await page.evaluate<string>(ringComplaint)).toBe('')
    if ((await page.evaluate<string>(nextStop)) === 'round') break
  }
  expect(await page.evaluate<readonly string[]>(missedControls)).toEqual([])
  // From the last control to the first, and nowhere else.
  expect(await page.evaluate<number>('window.wraps')).toBeLessThanOrEqual(1)
}
