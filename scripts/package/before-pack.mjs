import { copyFile, mkdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Arch } from 'electron-builder'

/**
 * electron-builder's hook: puts the keychain module of the processor that is packed for where keytar looks for it.
 * npm has put the building machine's there, which a universal macOS app or an arm64 package cannot load.
 *
 * @param {import('electron-builder').AfterPackContext} context
 */
export async function beforePack({ arch, electronPlatformName, packager }) {
  const keytar = join(packager.projectDir, 'node_modules', 'keytar')
  const wanted = join(keytar, 'prebuilds', `${electronPlatformName}-${Arch[arch]}`, 'keytar.node')
  const folder = join(keytar, 'build', 'Release')
  const module = join(folder, 'keytar.node')
  if ((await readFile(module).catch(() => null))?.equals(await readFile(wanted))) return
  // By a new file: a running program may have the old one loaded.
  await mkdir(folder, { recursive: true })
  await copyFile(wanted, `${module}.new`)
  await rename(`${module}.new`, module)
}
