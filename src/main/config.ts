import { isAbsolute } from 'node:path'

/** The one reader of the environment. The command line is not read: tools add arguments of their own. */
export interface AppConfig {
  /** Where the hosted API answers, e.g. `https://migrate-api.carolinacloud.io`. */
  readonly apiOrigin: string
  /** Another place for settings than the system's usual one (tests, demo). */
  readonly userDataDir: string | null
  /** The demo's throw-away key and source, for one-click filling. */
  readonly demoFile: string | null
  /** `XDG_CURRENT_DESKTOP`, e.g. `ubuntu:GNOME`; names the keyring on Linux. */
  readonly linuxDesktop: string
}

const DEFAULT_API_ORIGIN = 'https://migrate-api.carolinacloud.io'

/** @throws Error with a text for people when a variable makes no sense: better no start than a wrong API. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): AppConfig {
  return {
    apiOrigin: parseApiOrigin(env['CAROLINA_API_ORIGIN'] ?? DEFAULT_API_ORIGIN),
    userDataDir: parsePath('CAROLINA_USER_DATA', env['CAROLINA_USER_DATA']),
    demoFile: parsePath('CAROLINA_DEMO_FILE', env['CAROLINA_DEMO_FILE']),
    linuxDesktop: env['XDG_CURRENT_DESKTOP'] ?? '',
  }
}

function parseApiOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (text !== url.origin && text !== `${url.origin}/`)) {
    throw new Error('CAROLINA_API_ORIGIN must be an origin such as https://api.example.com')
  }
  const isLoopback = url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d+){3}$/.test(url.hostname)
  // The API key travels there: in clear text only where no network is involved.
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) {
    throw new Error('CAROLINA_API_ORIGIN must be https, or http on this machine')
  }
  return url.origin
}

function parsePath(name: string, text: string | undefined): string | null {
  if (text === undefined || text === '') return null
  if (!isAbsolute(text)) throw new Error(`${name} must be an absolute path`)
  return text
}
