import { join } from 'node:path'
import { fetchFile, fetchText, hashFile } from '../fetch-file.mjs'
import { unzip } from '../unzip.mjs'
import { findChecksum } from './checksum-list.mjs'
import { rcloneFileName } from './rclone-release.mjs'

const systems = /** @type {Record<string, string>} */ ({ linux: 'linux', darwin: 'osx', win32: 'windows' })
const processors = /** @type {Record<string, string>} */ ({ x64: 'amd64', arm64: 'arm64', ia32: '386', arm: 'arm-v7' })

/**
 * rclone's own download site: the archive and its SHA256SUMS.
 * @param {{ version: string, folder: string, site?: string }} input
 * @returns {Promise<string>} the program
 */
export async function fetchOfficial({ version, folder, site = 'https://downloads.rclone.org' }) {
  const name = `rclone-v${version}-${systems[process.platform]}-${processors[process.arch]}`
  const expected = findChecksum(await fetchText(`${site}/v${version}/SHA256SUMS`), `${name}.zip`)
  if (!expected) throw new Error(`there is no ${name}.zip in its list of checksums`)
  const archive = join(folder, `${name}.zip`)
  await fetchFile(`${site}/v${version}/${name}.zip`, archive)
  if ((await hashFile(archive, 'sha256', 'hex')) !== expected) throw new Error(`${name}.zip does not match its checksum`)
  await unzip(archive, folder, (entry) => entry === `${name}/${rcloneFileName}`)
  return join(folder, name, rcloneFileName)
}
