import { rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * electron-builder's hook: takes out Electron's own start page, which a given Electron folder brings along.
 *
 * @param {import('electron-builder').AfterPackContext} context
 */
export async function afterPack({ appOutDir, electronPlatformName }) {
  if (electronPlatformName === 'darwin') return
  await rm(join(appOutDir, 'resources', 'default_app.asar'), { force: true })
}
