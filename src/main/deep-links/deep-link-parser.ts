export const DEEP_LINK_SCHEME = 'carolina-migrate'

// Letter for letter: whoever can make a browser open a link can write anything into it.
const pattern =
  /^carolina-migrate:\/\/migrations\/([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\/?$/

/** The migration's id in `carolina-migrate://migrations/<id>`, or null for any other text. */
export function parseDeepLink(text: string): string | null {
  // Browsers write scheme and host in lower case anyway, mail programs may not.
  return pattern.exec(text.toLowerCase())?.[1] ?? null
}
