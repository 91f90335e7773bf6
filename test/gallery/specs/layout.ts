import type { Page } from '@playwright/test'

/** What of the page as it stands is cut off, covered, or out of reach; one line each. */
export async function layoutComplaints(page: Page): Promise<readonly string[]> {
  const lists = [await page.evaluate(findSidewaysScrolling), await page.evaluate(findCutTexts), await page.evaluate(findCoveredControls)]
  return lists.flat()
}

/** Nothing but quoted code may be wider than its box. */
function findSidewaysScrolling(): readonly string[] {
  return [...document.querySelectorAll<HTMLElement>('html, body, body *')]
    .filter((box) => box.scrollWidth > box.clientWidth + 1 && !box.matches('pre'))
    .filter((box) => box === document.documentElement || /auto|scroll/.test(getComputedStyle(box).overflowX))
    .map((box) => `scrolls sideways: ${box.tagName} ${box.className} (${box.scrollWidth} > ${box.clientWidth})`)
}

/** A text is whole, or it is shortened visibly and its whole is shown on hover. */
function findCutTexts(): readonly string[] {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const complaints: string[] = []
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const words = (text.nodeValue ?? '').trim()
    const isShown = text.parentElement?.checkVisibility() === true
    const why = words !== '' && isShown ? whyCut(text) : null
    if (why !== null) complaints.push(`${why}: ${words}`)
  }
  return complaints

  function whyCut(text: Node): string | null {
    const range = document.createRange()
    range.selectNodeContents(text)
    const { left, right } = range.getBoundingClientRect()
    for (let box = text.parentElement; box !== null; box = box.parentElement) {
      const { clipPath, overflowX, textOverflow } = getComputedStyle(box)
      const isForReadersOnly = clipPath !== 'none'
      if (isForReadersOnly || box.matches('pre')) return null
      if (textOverflow === 'ellipsis' && overflowX === 'hidden') {
        return box.scrollWidth > box.clientWidth && box.closest('[title]') === null ? 'shortened for good' : null
      }
      const edge = box.getBoundingClientRect()
      const isEdge = overflowX !== 'visible' || box === document.body
      if (isEdge && (left < edge.left - 1 || right > edge.right + 1)) return `cut off at ${box.tagName} ${box.className}`
    }
    return null
  }
}

/** Each control can be brought into view, and a click on its middle meets it. */
function findCoveredControls(): readonly string[] {
  const controls = [...document.querySelectorAll<HTMLElement>('button, input, summary, [role=row], [tabindex="0"]')]
  return controls.flatMap((control) => {
    // A radio's or a box's own input is drawn by its label.
    const target = control.closest('label') ?? control
    if (control.closest('[aria-hidden=true]') !== null || !target.checkVisibility()) return []
    target.scrollIntoView({ block: 'center' })
    const { left, right, top, height, width } = target.getBoundingClientRect()
    const name = `${target.tagName} ${target.getAttribute('aria-label') ?? target.textContent.slice(0, 60)} ${target.id}`
    if (left < 0 || right > innerWidth + 1) return [`out of reach: ${name}`]
    const middle = Math.min(Math.max(top + height / 2, 1), innerHeight - 1)
    const met = document.elementFromPoint(left + width / 2, middle)
    return target.contains(met) ? [] : [`covered: ${name} by ${met?.tagName ?? 'nothing'} ${met?.className ?? ''}`]
  })
}
