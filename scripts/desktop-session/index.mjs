import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { explainFailure, isProgram, readRuntime, runtimeEnv } from '../setup/index.mjs'
import { openSession } from './open-session.mjs'

/**
 * @typedef {object} SessionOptions
 * @property {boolean | 'auto'} [headless] true: a screen in memory; false: the user's; 'auto' (default): the user's if
 *   there is one
 * @property {'unlocked' | 'none' | 'user'} [keyring] 'unlocked': a throw-away one; 'none': a bus without a keychain;
 *   'user': the user's own bus and keychain. Default: 'user' on the user's screen, else 'unlocked'
 * @property {string} [screen] width x height x depth of the screen in memory
 * @property {NodeJS.ProcessEnv} [env] what the session's own variables are added to
 * @property {import('../setup/desktop/ensure-desktop.mjs').Desktop | undefined} [desktop] default: as set-up has left it
 * @property {boolean} [handleSignals] default true: SIGINT, SIGTERM and SIGHUP close the session and then end this
 *   process. With false the caller sees to it that `use` settles.
 *
 * @typedef {object} DesktopSession
 * @property {NodeJS.ProcessEnv} env for every program of the session
 * @property {readonly string[]} wrap to be put before every command of the session that `spawn` and `run` do not start:
 *   what is started without it is not ended with the session
 * @property {boolean} headless
 * @property {(command: readonly string[], options?: import('node:child_process').SpawnOptions) =>
 *   import('node:child_process').ChildProcess} spawn with `wrap` and `env`
 * @property {(command: readonly string[], options?: import('node:child_process').SpawnOptions) => Promise<number>} run
 *   the same, on this terminal, until it ends: its exit code
 */

const ENDING_SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Gives a desktop to `use` and takes it away again, whatever happens: afterwards no process, folder or secret of it is
 * left, also when this process is killed.
 * @template T
 * @param {SessionOptions} options
 * @param {(session: DesktopSession) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withDesktopSession(options, use) {
  const desktop = options.desktop ?? readRuntime()?.desktop ?? { kind: 'system', wrap: [], env: {} }
  const opening = openSession({ ...options, desktop })
  const forget = options.handleSignals === false ? () => {} : closeOnSignal(async () => (await opening).close())
  const { close, env, wrap, headless } = await opening.catch((error) => {
    forget()
    throw error
  })
  try {
    return await use(toSession({ env, wrap, headless }))
  } finally {
    await close()
    forget()
  }
}

/**
 * @param {Pick<DesktopSession, 'env' | 'wrap' | 'headless'>} parts
 * @returns {DesktopSession}
 */
function toSession({ env, wrap, headless }) {
  /** @type {DesktopSession['spawn']} */
  const start = (command, options = {}) => {
    const [file = '', ...args] = [...wrap, ...command]
    return spawn(file, args, { ...options, env: { ...env, ...options.env } })
  }
  /** @type {DesktopSession['run']} */
  const run = (command, options) =>
    new Promise((resolve, reject) => {
      const child = start(command, { stdio: 'inherit', ...options })
      child.on('error', (error) => reject(new Error(`"${command.join(' ')}" cannot be started: ${error.message}`)))
      child.on('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
    })
  return { env, wrap, headless, spawn: start, run }
}

/**
 * @param {() => Promise<void>} close
 * @returns {() => void} forget about signals again
 */
function closeOnSignal(close) {
  /** @param {NodeJS.Signals} signal */
  const onSignal = async (signal) => {
    await close().catch(() => {})
    forget()
    process.kill(process.pid, signal)
  }
  const forget = () => ENDING_SIGNALS.forEach((signal) => process.off(signal, onSignal))
  ENDING_SIGNALS.forEach((signal) => process.on(signal, onSignal))
  return forget
}

/** @param {readonly string[]} args */
async function runFromCommandLine(args) {
  const split = args.indexOf('--')
  const command = split < 0 ? [] : args.slice(split + 1)
  if (command.length === 0) {
    console.error('usage: node scripts/desktop-session/index.mjs [--headless] [--keyring=unlocked|none|user] -- command [argument…]')
    return 2
  }
  const keyring = /** @type {any} */ (args.slice(0, split).find((arg) => arg.startsWith('--keyring='))?.slice('--keyring='.length))
  const headless = args.slice(0, split).includes('--headless') || 'auto'
  return withDesktopSession({ headless, keyring, env: runtimeEnv() }, (session) => session.run(command))
}

if (isProgram(import.meta.url)) {
  try {
    process.exitCode = await runFromCommandLine(process.argv.slice(2))
  } catch (error) {
    console.error(explainFailure(error))
    process.exitCode = 1
  }
}
