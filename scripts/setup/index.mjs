import { mkdirSync, realpathSync, rmSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureDependencies } from './dependencies/ensure-dependencies.mjs'
import { ensureDesktop } from './desktop/ensure-desktop.mjs'
import { ensureElectron } from './electron/ensure-electron.mjs'
import { readJson, writeJson } from './json-file.mjs'
import { cacheRoot, projectRoot, runtimeFile, temporaryRoot } from './paths.mjs'
import { ensureRclone } from './rclone/ensure-rclone.mjs'
import { endRunningCommands } from './run-command.mjs'
import { takeLock } from './run-lock.mjs'
import { SetupError } from './setup-error.mjs'

/**
 * @typedef {'dependencies' | 'desktop' | 'electron' | 'rclone' | 'ceph'} Need
 * @typedef {object} Runtime what `.cache/runtime.json` holds: places only, no secrets
 * @property {{ path: string, version: string }} node
 * @property {import('./desktop/ensure-desktop.mjs').Desktop} [desktop]
 * @property {import('./electron/ensure-electron.mjs').ElectronRuntime} [electron]
 * @property {import('./rclone/ensure-rclone.mjs').Rclone} [rclone]
 */

/**
 * To run the app; its tests need `ceph` as well.
 * @type {readonly Need[]}
 */
export const allNeeds = ['dependencies', 'desktop', 'electron', 'rclone']

/**
 * Makes a checkout ready to run on a machine that has only Node, npm, git and python3. What is there already is left
 * alone: a second run takes well under a second.
 * @param {{ needs?: readonly Need[], log?: (line: string) => void }} [options] `electron` brings `dependencies` and
 *   `desktop` with it, `ceph` brings `desktop`
 * @returns {Promise<Runtime>}
 * @throws {SetupError} when something cannot be had; its message says what to do
 */
export async function setUp({ needs = allNeeds, log = console.log } = {}) {
  const wanted = new Set(needs)
  if (wanted.has('electron')) wanted.add('dependencies').add('desktop')
  if (wanted.has('ceph')) wanted.add('desktop')
  const release = await takeLock(join(cacheRoot, 'setup.lock'), () => log('Another set-up is at work in this folder; waiting for it …'))
  const stop = stopOnSignal(release)
  try {
    rmSync(temporaryRoot, { recursive: true, force: true })
    mkdirSync(temporaryRoot, { recursive: true })
    return await runSteps(wanted, log)
  } finally {
    rmSync(temporaryRoot, { recursive: true, force: true })
    stop()
    release()
  }
}

/**
 * @param {ReadonlySet<Need>} wanted
 * @param {(line: string) => void} log
 * @returns {Promise<Runtime>}
 */
async function runSteps(wanted, log) {
  const known = readJson(runtimeFile) ?? {}
  /** @type {Runtime} */
  const runtime = { ...known, node: known.node ?? { path: process.execPath, version: process.versions.node } }
  if (wanted.has('dependencies')) runtime.node = await ensureDependencies(log)
  if (wanted.has('desktop')) runtime.desktop = await ensureDesktop({ log, withCeph: wanted.has('ceph') })
  if (wanted.has('electron') && runtime.desktop) {
    runtime.electron = await ensureElectron({ node: runtime.node.path, desktop: runtime.desktop, log })
  }
  if (wanted.has('rclone')) runtime.rclone = await ensureRclone(log)
  writeJson(runtimeFile, runtime)
  return runtime
}

/**
 * @param {() => void} release
 * @returns {() => void} forget about signals again
 */
function stopOnSignal(release) {
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    endRunningCommands()
    release()
    process.exit(128 + constants.signals[signal])
  }
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
  for (const signal of signals) process.once(signal, stop)
  return () => signals.forEach((signal) => process.off(signal, stop))
}

/** @returns {Runtime | null} what the last set-up has left */
export function readRuntime() {
  return readJson(runtimeFile)
}

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {NodeJS.ProcessEnv} with the project's Node first on the PATH, and its Electron where programs look for it
 */
export function runtimeEnv(env = process.env) {
  const { node, electron } = readRuntime() ?? {}
  const { PATH = '' } = env
  return { ...env, ...electron?.env, PATH: node ? `${dirname(node.path)}${delimiter}${PATH}` : PATH }
}

/** @param {unknown} error */
export function explainFailure(error) {
  return error instanceof SetupError ? error.message : error
}

/**
 * @param {string} moduleUrl
 * @returns {boolean} whether that module is what `node` was started with
 */
export function isProgram(moduleUrl) {
  const started = process.argv[1]
  return started !== undefined && moduleUrl === pathToFileURL(realpathSync(started)).href
}

if (isProgram(import.meta.url)) {
  console.log(`Setting up ${projectRoot}`)
  try {
    await setUp()
  } catch (error) {
    console.error(explainFailure(error))
    process.exitCode = 1
  }
}
