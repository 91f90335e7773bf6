const STAGING_ID = 'x-user-staging-id'

/**
 * The feed's address in a package's `app-update.yml`, as electron-builder writes it: one key a line. Null for none, or
 * one that is not encrypted; in clear text only on this computer, where no network is involved.
 */
export function parseFeedUrl(text: string): string | null {
  const value = /^url:\s*(['"]?)(\S+)\1\s*$/m.exec(text)?.[2] ?? ''
  const url = URL.canParse(value) ? new URL(value) : null
  if (url === null || url.username !== '' || url.password !== '') return null
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === '127.0.0.1')
  return isSafe ? url.href : null
}

/** Whether an address belongs to the feed. Redirects to elsewhere do not. */
export function isOfFeed(feedUrl: string, address: string): boolean {
  if (!URL.canParse(address)) return false
  const folder = new URL(feedUrl)
  const asked = new URL(address)
  return asked.origin === folder.origin && asked.pathname.startsWith(`${folder.pathname.replace(/\/$/, '')}/`)
}

/** electron-updater names each installation by a number of its own; nobody needs to know it. */
export function withoutIdentity(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== STAGING_ID))
}
