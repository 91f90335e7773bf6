import { spawn } from 'node:child_process'
import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/** Ends what set-up has started, when set-up itself is told to stop. */
export function endRunningCommands() {
  for (const child of running) child.kill('SIGTERM')
}

/**
 * @typedef {object} CommandResult
 * @property {boolean} ok exit code 0
 * @property {number | null} code
 * @property {'not-found' | 'timed-out' | 'stalled' | null} trouble why there is no ordinary exit code
 * @property {string} stdout
 * @property {string} stderr
 */

/**
 * Never throws: a program that is missing, fails or hangs is a result.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, shell?: boolean,
 *   stall?: { folders: readonly string[], ms: number } }} [options] `stall`: give up when none of these folders
 *   has changed in size for that long
 * @returns {Promise<CommandResult>}
 */
export function runCommand(file, args, { cwd, env, timeoutMs, shell, stall } = {}) {
  return new Promise((resolve) => {
    /** @type {CommandResult} */
    const result = { ok: false, code: null, trouble: null, stdout: '', stderr: '' }
    const child = spawn(file, args, { cwd, env: env ?? process.env, shell, stdio: ['ignore', 'pipe', 'pipe'] })
    running.add(child)
    child.stdout.on('data', (chunk) => (result.stdout += chunk))
    child.stderr.on('data', (chunk) => (result.stderr += chunk))

    /** @param {'timed-out' | 'stalled'} trouble */
    const giveUp = (trouble) => {
      result.trouble = trouble
      child.kill('SIGKILL')
    }
    const timer = timeoutMs && setTimeout(giveUp, timeoutMs, 'timed-out')
    const watch = stall && watchForStall(stall, () => giveUp('stalled'))

    const finish = () => {
      running.delete(child)
      if (timer) clearTimeout(timer)
      if (watch) clearInterval(watch)
      result.ok = result.code === 0 && result.trouble === null
      resolve(result)
    }
    child.on('error', () => {
      result.trouble = 'not-found'
      finish()
    })
    child.on('close', (code) => {
      result.code = code
      finish()
    })
  })
}

/**
 * @param {{ folders: readonly string[], ms: number }} stall
 * @param {() => void} onStall
 */
function watchForStall({ folders, ms }, onStall) {
  let size = -1
  let changedAt = Date.now()
  return setInterval(() => {
    const now = folders.reduce((sum, folder) => sum + folderSize(folder), 0)
    if (now !== size) {
      size = now
      changedAt = Date.now()
    } else if (Date.now() - changedAt > ms) onStall()
  }, 1000)
}

/**
 * @param {string} folder
 * @returns {number} bytes
 */
function folderSize(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
      const path = join(folder, entry.name)
      return sum + (entry.isDirectory() ? folderSize(path) : lstatSync(path).size)
    }, 0)
  } catch {
    return 0
  }
}

/**
 * @param {CommandResult} result
 * @param {number} [count]
 * @returns {string} the last lines that the program printed, for a failure message
 */
export function lastLines(result, count = 6) {
  const said = `${result.stdout}\n${result.stderr}`.split('\n').filter((line) => line.trim())
  if (result.trouble) said.push(`(${result.trouble})`)
  return said.slice(-count).map((line) => `    ${line}`).join('\n')
}
