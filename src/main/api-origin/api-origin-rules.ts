import type { AppFacts } from '#shared/ipc/snapshot.ts'

export const DEFAULT_API_ORIGIN = 'https://migrate-api.carolinacloud.io'

export type ApiOriginProblem = 'not-an-origin' | 'not-https'

/** The origin in a text such as `https://api.example.com`, or what is wrong with it. */
export function parseApiOrigin(text: string): { readonly origin: string } | { readonly problem: ApiOriginProblem } {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (text !== url.origin && text !== `${url.origin}/`)) return { problem: 'not-an-origin' }
  const isLoopback = url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d+){3}$/.test(url.hostname)
  // The API key travels there: in clear text only where no network is involved.
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback)
  return isSafe ? { origin: url.origin } : { problem: 'not-https' }
}

export interface ApiOrigin {
  readonly apiOrigin: string
  readonly apiOriginSource: AppFacts['apiOriginSource']
}

/** The environment wins, then what the person chose. What is no address any more is as good as none. */
export function chooseApiOrigin(fromStart: ApiOrigin, stored: string | null): ApiOrigin {
  if (fromStart.apiOriginSource === 'environment' || stored === null) return fromStart
  const parsed = parseApiOrigin(stored)
  return 'origin' in parsed ? { apiOrigin: parsed.origin, apiOriginSource: 'settings' } : fromStart
}
