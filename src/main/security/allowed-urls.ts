import type { externalPages } from '#shared/ipc/channels.ts'

export type ExternalPage = (typeof externalPages)[number]

/** The only addresses the app ever opens in a browser or mail program. */
export const externalUrls: Readonly<Record<ExternalPage, string>> = {
  'api-key': 'https://console.carolinacloud.io/settings/api-key',
  support: 'mailto:support@carolinacloud.io',
  documentation: 'https://carolinacloud.io/docs/',
}

/** Exact match, letter for letter: no prefixes and no patterns that a crafted address could satisfy. */
export function isAllowedUrl(url: string): boolean {
  return Object.values(externalUrls).includes(url)
}
