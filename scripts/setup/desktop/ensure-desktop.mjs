import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runCommand } from '../run-command.mjs'
import { SetupError } from '../setup-error.mjs'
import { installIntoSystem } from './apt-install.mjs'
import { cephPackages, findMissing, installCommand, neededPackages } from './debian-packages.mjs'
import { buildRootlessTree, findRootlessObstacle, rootlessTree, rootlessWrap } from './rootless.mjs'

/**
 * @typedef {object} Desktop
 * @property {'system' | 'rootless' | 'native'} kind where the libraries and programs are: in the system, unpacked in
 *   the project's cache, or part of macOS or Windows
 * @property {string[]} wrap to be put before each command that needs them; empty but for `rootless`
 * @property {Record<string, string>} env for the same commands
 */

/** @type {Desktop} */
const system = { kind: 'system', wrap: [], env: {} }

/**
 * @param {{ log: (line: string) => void, withCeph?: boolean }} options `withCeph`: what the integration tests need as well
 * @returns {Promise<Desktop>}
 */
export async function ensureDesktop({ log, withCeph = false }) {
  if (process.platform !== 'linux') {
    log('Desktop: this system has one.')
    return { kind: 'native', wrap: [], env: {} }
  }
  const packages = withCeph ? [...neededPackages, ...cephPackages] : neededPackages
  const listing = await runCommand('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\\n', ...packages.flat()])
  if (listing.trouble === 'not-found') return checkOtherLinux(log)
  const needs = findMissing(listing.stdout, packages)
  if (needs.length === 0) {
    log('Desktop packages: already here.')
    return system
  }
  const sudo = await findWayToRoot()
  if (sudo) {
    log(`Desktop packages: apt-get install of ${needs.length}${sudo.length > 0 ? ' with sudo' : ''} (up to 3 minutes) …`)
    await installIntoSystem({ needs, sudo })
    return system
  }
  return ensureRootless(needs, log)
}

/** @returns {Promise<string[] | null>} what to put before a command, or null when there is no way */
async function findWayToRoot() {
  if (process.getuid?.() === 0) return []
  const sudo = await runCommand('sudo', ['-n', 'true'], { timeoutMs: 5_000 })
  return sudo.ok ? ['sudo', '-n'] : null
}

/**
 * @param {(readonly string[])[]} needs
 * @param {(line: string) => void} log
 * @returns {Promise<Desktop>}
 */
async function ensureRootless(needs, log) {
  const tree = rootlessTree(needs)
  if (existsSync(tree)) log('Desktop packages: already here (unpacked in .cache, without root).')
  else {
    log('Desktop packages: downloading and unpacking them into .cache, without root (up to 2 minutes) …')
    const failure = (await findRootlessObstacle()) ?? (await buildRootlessTree(needs))
    if (failure) {
      throw new SetupError(
        `Packages that Electron needs are missing, this is not root, and unpacking them without root did not work: ${failure}.`,
        `Ask an administrator to run this, then try again:\n  ${installCommand(needs.map((names) => names.at(-1) ?? ''))}`
      )
    }
  }
  return { kind: 'rootless', wrap: rootlessWrap(tree), env: {} }
}

/**
 * @param {(line: string) => void} log
 * @returns {Desktop}
 */
function checkOtherLinux(log) {
  const missing = ['Xvfb', 'dbus-daemon', 'gnome-keyring-daemon'].filter((name) => !isOnPath(name))
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  const hasDisplay = Boolean(DISPLAY || WAYLAND_DISPLAY)
  if (missing.length > 0 && !hasDisplay) {
    throw new SetupError(
      `There is no display here, and ${missing.join(', ')} are not installed; only Debian's and Ubuntu's packages can be installed by this script.`,
      'Install them, GTK 3, NSS, libgbm, ALSA, libnotify and libsecret with your package manager, or run this on a desktop.'
    )
  }
  log(missing.length > 0 ? 'Desktop: using the one that is running.' : 'Desktop programs: already here.')
  return system
}

/** @param {string} name */
function isOnPath(name) {
  const { PATH = '' } = process.env
  return PATH.split(delimiter).some((folder) => existsSync(join(folder, name)))
}
