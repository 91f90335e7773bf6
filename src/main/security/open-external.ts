import { shell } from 'electron'
import { isAllowedUrl } from './allowed-urls.ts'

/** Opens an address in the person's browser or mail program. Throws for any that is not on the list. */
export async function openExternal(url: string): Promise<void> {
  if (!isAllowedUrl(url)) throw new Error('this address is not on the list')
  await shell.openExternal(url)
}
