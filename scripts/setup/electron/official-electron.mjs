import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, writeJson } from '../json-file.mjs'
import { cacheRoot, projectRoot, temporaryRoot } from '../paths.mjs'
import { runCommand } from '../run-command.mjs'
import { programName } from './electron-program.mjs'

const packageFolder = join(projectRoot, 'node_modules', 'electron')
const memoryFile = join(cacheRoot, 'electron', 'download-failed.json')

const TRY_AGAIN_AFTER_MS = 24 * 60 * 60 * 1000
const STALL_MS = 20_000
/** The archive is about 120 MB: a slow line that moves is given time, one that stands still is not. */
const WHOLE_MS = 600_000

/** The folder where the npm package `electron` keeps what it downloads. */
export const officialDist = join(packageFolder, 'dist')

/** @returns {string} version of the `electron` package that package.json asks for */
export function officialVersion() {
  return readJson(join(packageFolder, 'package.json'))?.version ?? ''
}

/** @returns {boolean} path.txt is the last thing that the installer writes */
export function isOfficialHere() {
  return existsSync(join(packageFolder, 'path.txt')) && existsSync(join(officialDist, programName()))
}

/**
 * @param {string} version
 * @param {number} now
 * @returns {string | null} why the download is not tried at all
 */
export function rememberedFailure(version, now = Date.now()) {
  const { SETUP_RETRY } = process.env
  const memory = SETUP_RETRY ? null : readJson(memoryFile)
  return isFresh(memory, version, now) ? memory.reason : null
}

/**
 * @param {{ version?: string, at?: number } | null} memory
 * @param {string} version
 * @param {number} now
 */
export function isFresh(memory, version, now) {
  return memory?.version === version && typeof memory.at === 'number' && now - memory.at < TRY_AGAIN_AFTER_MS
}

/**
 * The package's own way: its install.js downloads from GitHub (or the mirror that the user's npm names), with checksums.
 * @param {string} node a Node that this Electron's installer supports
 * @param {string} version
 * @returns {Promise<string | null>} why it did not work, or null
 */
export async function downloadOfficial(node, version) {
  const scratch = join(temporaryRoot, 'electron-download')
  mkdirSync(scratch, { recursive: true })
  const result = await runCommand(node, [join(packageFolder, 'install.js')], {
    cwd: projectRoot,
    env: { ...process.env, TMPDIR: scratch, ELECTRON_OVERRIDE_DIST_PATH: '' },
    timeoutMs: WHOLE_MS,
    stall: { folders: [scratch, officialDist], ms: STALL_MS }
  })
  if (result.ok && isOfficialHere()) return null
  const reason = explain(result)
  rememberFailure(version, reason)
  return reason
}

/**
 * It came but does not start here.
 * @param {string} version
 * @param {string} reason
 */
export function discardOfficial(version, reason) {
  rmSync(join(packageFolder, 'path.txt'), { force: true })
  rmSync(officialDist, { recursive: true, force: true })
  rememberFailure(version, reason)
}

/**
 * @param {string} version
 * @param {string} reason
 */
function rememberFailure(version, reason) {
  writeJson(memoryFile, { version, reason, at: Date.now() })
}

/** @param {import('../run-command.mjs').CommandResult} result */
function explain(result) {
  if (result.trouble === 'stalled') return 'the download stood still for 20 s'
  if (result.trouble === 'timed-out') return 'the download took longer than 10 minutes'
  const code = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|CERT_[A-Z_]+|EACCES|ENOSPC/.exec(result.stderr)?.[0]
  const error = /Error: (.+)/.exec(result.stderr)?.[1]
  return `the download failed (${code ?? error ?? `code ${result.code}`})`
}
