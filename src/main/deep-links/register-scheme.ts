import { app } from 'electron'
import { DEEP_LINK_SCHEME } from './deep-link-parser.ts'

/**
 * Makes the system bring our links to us. On Linux the package's own desktop entry says so; asking there would start a
 * program and wait for it, at each start.
 */
export function registerDeepLinkScheme(): void {
  if (app.isPackaged && process.platform !== 'linux') app.setAsDefaultProtocolClient(DEEP_LINK_SCHEME)
}
