import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SetupError } from '../setup/setup-error.mjs'
import { startBus } from './bus.mjs'
import { startDisplay } from './display.mjs'
import { startKeyring } from './keyring.mjs'
import { endSession, markWith, newSessionNumber } from './session-processes.mjs'

/**
 * @typedef {object} OpenSession
 * @property {NodeJS.ProcessEnv} env
 * @property {readonly string[]} wrap
 * @property {boolean} headless
 * @property {() => Promise<void>} close
 */

/** What would let programs find the user's own desktop past the session's variables. */
const foreign = ['WAYLAND_DISPLAY', 'XDG_CURRENT_DESKTOP', 'DESKTOP_SESSION', 'GNOME_KEYRING_CONTROL', 'SSH_AUTH_SOCK', 'NOTIFY_SOCKET']

/**
 * @param {import('./index.mjs').SessionOptions & { desktop: import('../setup/desktop/ensure-desktop.mjs').Desktop }} options
 * @returns {Promise<OpenSession>}
 */
export async function openSession({ headless: asked = 'auto', keyring: askedKeyring, screen = '1400x1000x24', env = process.env, desktop }) {
  const { headless, keyring } = chooseParts({ platform: process.platform, env, headless: asked, keyring: askedKeyring })
  if (!headless && keyring === 'user') return { env: { ...env, ...desktop.env }, wrap: desktop.wrap, headless, close: async () => {} }

  const number = newSessionNumber()
  // A socket's path may have 107 bytes at most.
  const folder = mkdtempSync(join(tmpdir().length < 60 ? tmpdir() : '/tmp', 'carolina-session-'))
  /** @type {import('node:child_process').ChildProcess[]} */
  const services = []
  const watchdog = startWatchdog(number, folder)
  const close = once(async () => {
    await endSession({ number, folder, services: services.map((child) => child.pid ?? 0).reverse() })
    watchdog.stdin.end('done\n')
  })
  /** @param {{ child: import('node:child_process').ChildProcess, ready: Promise<Record<string, string>> }} service */
  const add = async ({ child, ready }) => {
    services.push(child)
    watchdog.stdin.write(`${child.pid ?? 0}\n`)
    Object.assign(sessionEnv, await ready)
  }
  const sessionEnv = { ...withoutForeign(env), ...desktop.env, ...privateFolders(folder, keyring) }
  const wrap = [...markWith(number), ...desktop.wrap]
  try {
    if (headless) await add(startDisplay({ folder, wrap, env: sessionEnv, screen }))
    if (keyring !== 'user') await add(startBus({ folder, wrap, env: sessionEnv }))
    if (keyring === 'unlocked') await add(startKeyring({ wrap, env: sessionEnv }))
    return { env: sessionEnv, wrap, headless, close }
  } catch (error) {
    await close()
    throw new SetupError(
      `The desktop session did not start: ${/** @type {Error} */ (error).message}`,
      'Run "node scripts/setup/index.mjs" to see whether something is missing.'
    )
  }
}

/**
 * @param {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv, headless: boolean | 'auto',
 *   keyring: 'unlocked' | 'none' | 'user' | undefined }} input
 * @returns {{ headless: boolean, keyring: 'unlocked' | 'none' | 'user' }}
 */
export function chooseParts({ platform, env, headless, keyring }) {
  if (platform !== 'linux') return { headless: false, keyring: 'user' }
  const { DISPLAY, WAYLAND_DISPLAY, DBUS_SESSION_BUS_ADDRESS } = env
  const ownScreen = headless === 'auto' ? !(DISPLAY || WAYLAND_DISPLAY) : headless
  if (!ownScreen && !DISPLAY && !WAYLAND_DISPLAY) {
    throw new SetupError('There is no display to show a window on.', 'Run this on a desktop, or ask for a headless session.')
  }
  const chosen = keyring ?? (ownScreen ? 'unlocked' : 'user')
  if (chosen === 'user' && ownScreen && !DBUS_SESSION_BUS_ADDRESS) {
    throw new SetupError("There is no session bus here, so there is no user's keychain.", "Ask for a throw-away keyring ('unlocked') instead.")
  }
  return { headless: ownScreen, keyring: chosen }
}

/** @param {NodeJS.ProcessEnv} env */
function withoutForeign(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.includes(name)))
}

/**
 * @param {string} folder
 * @param {'unlocked' | 'none' | 'user'} keyring
 * @returns {Record<string, string>}
 */
function privateFolders(folder, keyring) {
  const settings = { GSETTINGS_BACKEND: 'memory', NO_AT_BRIDGE: '1' }
  // The user's bus and keychain are found by the user's own folders.
  if (keyring === 'user') return settings
  const folders = { XDG_RUNTIME_DIR: 'run', XDG_DATA_HOME: 'data', XDG_CONFIG_HOME: 'config' }
  const places = Object.entries(folders).map(([name, place]) => [name, join(folder, place)])
  for (const [, place = ''] of places) mkdirSync(place, { mode: 0o700 })
  return { ...settings, ...Object.fromEntries(places) }
}

/**
 * @param {number} number
 * @param {string} folder
 */
function startWatchdog(number, folder) {
  const program = join(dirname(fileURLToPath(import.meta.url)), 'watchdog.mjs')
  const child = spawn(process.execPath, [program, String(number), folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' })
  child.unref()
  child.stdin.on('error', () => {}) // it was killed: nothing to watch any more
  return child
}

/**
 * @param {() => Promise<void>} action
 * @returns {() => Promise<void>}
 */
function once(action) {
  /** @type {Promise<void> | undefined} */
  let running
  return () => (running ??= action())
}
