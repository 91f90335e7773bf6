import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

const READY_MS = 20_000

/**
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 * @typedef {object} ServiceInput
 * @property {readonly string[]} command
 * @property {NodeJS.ProcessEnv} env
 * @property {string} [input] written to its standard input
 * @property {boolean} [answers] it says one line on file descriptor 3 when it is ready
 */

/**
 * Starts a background program, apart from the terminal: a Ctrl-C reaches the owner only, which ends it last.
 * @param {ServiceInput} service
 * @returns {{ child: ChildProcess, answer: Promise<string> }} `answer`: the line on file descriptor 3
 */
export function startService({ command, env, input, answers }) {
  const [file = '', ...args] = command
  const child = spawn(file, args, { env, detached: true, stdio: [input === undefined ? 'ignore' : 'pipe', 'ignore', 'pipe', 'pipe'] })
  child.stdin?.end(input)
  const said = child.stderr ? text(child.stderr).catch(() => '') : Promise.resolve('')
  const answer = answers ? waitForAnswer(child, said, command) : Promise.resolve('')
  answer.catch(() => {}) // whoever awaits it gets it; a child that never started must not end this process
  return { child, answer }
}

/**
 * @param {ChildProcess} child
 * @param {Promise<string>} said
 * @param {readonly string[]} command
 * @returns {Promise<string>}
 */
function waitForAnswer(child, said, command) {
  const name = command.join(' ')
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`"${name}" was not ready after ${READY_MS / 1000} s.`)), READY_MS)
    timer.unref()
    let line = ''
    child.stdio[3]?.on('data', (/** @type {Buffer} */ chunk) => {
      line += chunk
      if (line.includes('\n')) resolve(line.trim())
    })
    child.on('error', (error) => reject(new Error(`"${name}" cannot be started: ${error.message}`)))
    child.on('exit', async (code) => reject(new Error(`"${name}" ended at once (code ${code}): ${(await said).trim()}`)))
    child.on('exit', () => clearTimeout(timer))
  })
}
