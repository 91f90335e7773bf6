import type { Page } from '@playwright/test'
import axe from 'axe-core'

/** WCAG 2.2 to level AA, and what axe holds to be good besides. */
const everything = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  rules: { 'target-size': { enabled: true } },
}
/** What another theme can change. */
const colours = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }

/** React Aria's own loudspeaker: for seconds it holds on to the label of a button that may be gone by then. */
const LOUDSPEAKER = '[data-live-announcer]'
/** An open list: until it is closed, React Aria keeps everything around from screen readers, on purpose. */
const OPEN_LIST = '[role=listbox]'

/**
 * Axe's complaints about the page as it stands, one line each; empty when it finds nothing. What axe cannot decide
 * about colours is a complaint as well: somebody would have to look.
 */
export async function axeComplaints(page: Page, rules: 'all' | 'colours' = 'all'): Promise<readonly string[]> {
  const hasOpenList = (await page.locator(OPEN_LIST).count()) > 0
  const context = hasOpenList ? { include: [OPEN_LIST] } : { exclude: [LOUDSPEAKER] }
  const options = { ...(rules === 'all' ? everything : colours), resultTypes: ['violations', 'incomplete'] }
  // By the debugger, which the page's content security policy does not bind.
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe.source)
  const { violations, incomplete } = await page.evaluate<axe.AxeResults>(
    `axe.run(${JSON.stringify(context)}, ${JSON.stringify(options)})`,
  )
  const undecided = incomplete
    .filter(({ id }) => colours.runOnly.values.includes(id))
    .map((result) => ({ ...result, nodes: result.nodes.filter((node) => !isScrolledAway(node)) }))
  return [...violations, ...undecided].flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${(failureSummary ?? '').replaceAll(/\s+/g, ' ')}`),
  )
}

/** Half under the edge of what scrolls; the lines around it have the same colours. */
function isScrolledAway({ any }: axe.NodeResult): boolean {
  return any.some(({ data }) => (data as { messageKey?: string } | null)?.messageKey === 'elmPartiallyObscured')
}
