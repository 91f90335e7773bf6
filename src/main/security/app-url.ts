/** The window's own scheme: unlike `file://` it has an origin of its own and reaches one folder only. */
export const APP_SCHEME = 'app'
const APP_HOST = 'carolina-migrate'
export const APP_START_URL = `${APP_SCHEME}://${APP_HOST}/index.html`

/** True for addresses of our own pages. Says nothing about whether a file is there. */
export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host, username, password } = new URL(url)
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === ''
}
