import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readJson } from '../json-file.mjs'
import { runNpm } from '../npm.mjs'
import { projectRoot } from '../paths.mjs'
import { lastLines } from '../run-command.mjs'
import { SetupError } from '../setup-error.mjs'
import { compareVersions } from '../versions.mjs'
import { isInstalled } from './lockfile-match.mjs'

const modules = join(projectRoot, 'node_modules')
const OLDEST_NODE = '20.19.0'

/**
 * The project's packages, and the Node that one of them (`node`) carries: it comes first on the PATH of npm scripts.
 * @param {(line: string) => void} log
 * @returns {Promise<{ path: string, version: string }>} the Node to run things with
 */
export async function ensureDependencies(log) {
  if (compareVersions(process.versions.node, OLDEST_NODE) < 0) {
    throw new SetupError(`This is Node ${process.versions.node}.`, `Install Node ${OLDEST_NODE} or newer, then run this again.`)
  }
  if (isInstalled(readLock(projectRoot, 'package-lock.json'), readLock(modules, '.package-lock.json'))) {
    log('Packages: already here.')
  } else {
    log('Packages: npm ci (about a minute the first time) …')
    const result = await runNpm(['ci'], { cwd: projectRoot })
    if (!result.ok) {
      throw new SetupError(
        `npm ci did not succeed:\n${lastLines(result)}`,
        'Check that this machine reaches its npm registry (npm ping), then run this again.'
      )
    }
  }
  return ensureNode(log)
}

/** @param {(line: string) => void} log */
async function ensureNode(log) {
  const path = nodePath()
  const version = readJson(join(modules, 'node', 'package.json'))?.version
  if (!version) return { path: process.execPath, version: process.versions.node }
  if (!existsSync(path)) await runInstallScripts(log)
  if (!existsSync(path)) {
    throw new SetupError(
      `Node ${version} was not unpacked into node_modules/node.`,
      'Run "npm rebuild --ignore-scripts=false node" and read what it says.'
    )
  }
  return { path, version }
}

/**
 * The package's own program lies in its `bin`; on Windows it has an ending.
 * @returns {string}
 */
function nodePath() {
  return join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/**
 * An npm that is configured to run no install scripts leaves the few packages unfinished that need theirs. Those that
 * package.json allows by name are run, no others.
 * @param {(line: string) => void} log
 */
async function runInstallScripts(log) {
  const allowed = readJson(join(projectRoot, 'package.json'))?.allowScripts ?? {}
  const installed = readLock(modules, '.package-lock.json')?.packages ?? {}
  const folders = Object.keys(installed).filter((path) => {
    const entry = installed[path]
    return entry?.hasInstallScript && allowed[entry.name ?? path.replace(/^.*node_modules\//, '')] === true
  })
  const names = folders.map((path) => path.replace('node_modules/', ''))
  log(`Packages: running the install scripts of ${names.join(', ')} …`)
  const result = await runNpm(['rebuild', '--ignore-scripts=false', ...names], { cwd: projectRoot })
  if (!result.ok) {
    throw new SetupError(`npm rebuild did not succeed:\n${lastLines(result)}`, 'Delete node_modules and run this again.')
  }
}

/**
 * @param {string} folder
 * @param {string} name
 * @returns {any}
 */
function readLock(folder, name) {
  return readJson(join(folder, name))
}
