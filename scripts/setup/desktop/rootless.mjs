import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheRoot, temporaryRoot } from '../paths.mjs'
import { lastLines, runCommand } from '../run-command.mjs'
import { patience, resolveNames } from './apt-install.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const programs = ['Xvfb', 'xkbcomp', 'dbus-daemon', 'gnome-keyring-daemon']

/**
 * The tree fits one set of missing packages on one release of the system.
 * @param {readonly (readonly string[])[]} needs
 * @returns {string}
 */
export function rootlessTree(needs) {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  const key = createHash('sha256').update(JSON.stringify([needs, release])).digest('hex').slice(0, 12)
  return join(cacheRoot, 'desktop', `root-${key}`)
}

/**
 * @param {string} tree
 * @returns {string[]} to be put before a command
 */
export function rootlessWrap(tree) {
  return ['sh', join(here, 'enter-rootless.sh'), tree]
}

/**
 * @returns {Promise<string | null>} why this machine does not let an ordinary user do it, or null
 */
export async function findRootlessObstacle() {
  if (/[:,\\]/.test(cacheRoot)) return 'the path of this folder holds a colon, a comma or a backslash'
  const probe = join(temporaryRoot, 'overlay-probe')
  for (const folder of ['usr', 'etc', 'host-etc']) mkdirSync(join(probe, folder), { recursive: true })
  const result = await runIn(probe, ['true'])
  return result.ok ? null : `namespaces are closed to ordinary users (${result.stderr.trim().split('\n').at(-1)})`
}

/**
 * Downloads with apt, but into the project's own cache, and unpacks without installing.
 * @param {readonly (readonly string[])[]} needs
 * @returns {Promise<string | null>} what went wrong, or null
 */
export async function buildRootlessTree(needs) {
  const archives = join(temporaryRoot, 'apt', 'cache', 'archives')
  const failure = await downloadPackages(needs, archives)
  if (failure) return failure

  const tree = join(temporaryRoot, 'desktop-root')
  makeEmptyTree(tree)
  const unpacked = await runCommand('sh', [join(here, 'unpack-rootless.sh'), archives, tree])
  if (!unpacked.ok) return lastLines(unpacked)
  const finished = await runIn(tree, ['sh', join(here, 'finish-rootless.sh'), tree])
  if (!finished.ok) return lastLines(finished)
  const found = await runIn(tree, ['sh', '-c', 'for p; do command -v "$p" || exit 1; done', 'sh', ...programs])
  if (!found.ok) return `not all of ${programs.join(', ')} are there afterwards`

  const place = rootlessTree(needs)
  mkdirSync(dirname(place), { recursive: true })
  renameSync(tree, place)
  return null
}

/**
 * @param {readonly (readonly string[])[]} needs
 * @param {string} archives
 * @returns {Promise<string | null>}
 */
async function downloadPackages(needs, archives) {
  const apt = join(temporaryRoot, 'apt')
  mkdirSync(join(apt, 'state', 'lists', 'partial'), { recursive: true })
  mkdirSync(join(archives, 'partial'), { recursive: true })
  const own = [
    ...['-o', `Dir::State=${join(apt, 'state')}`, '-o', 'Dir::State::status=/var/lib/dpkg/status'],
    ...['-o', `Dir::Cache=${join(apt, 'cache')}`, '-o', 'Debug::NoLocking=1']
  ]
  const updated = await runCommand('apt-get', [...own, ...patience, '-q', 'update'], { timeoutMs: 300_000 })
  if (!updated.ok) return lastLines(updated)
  const names = await resolveNames(needs, own)
  const options = ['-q', '--yes', '--no-install-recommends', '--download-only']
  const downloaded = await runCommand('apt-get', [...own, ...patience, ...options, 'install', ...names], { timeoutMs: 900_000 })
  return downloaded.ok ? null : lastLines(downloaded)
}

/**
 * Like the system, with /lib, /bin and /sbin inside /usr: packages still name the old places.
 * @param {string} tree
 */
function makeEmptyTree(tree) {
  rmSync(tree, { recursive: true, force: true })
  for (const folder of ['usr', 'etc', 'host-etc']) mkdirSync(join(tree, folder), { recursive: true })
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    mkdirSync(join(tree, 'usr', name))
    symlinkSync(join('usr', name), join(tree, name))
  }
}

/**
 * @param {string} tree
 * @param {readonly string[]} command
 */
function runIn(tree, command) {
  const [file = '', ...args] = [...rootlessWrap(tree), ...command]
  return runCommand(file, args, { timeoutMs: 120_000 })
}
