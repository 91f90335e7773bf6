import { lastLines, runCommand } from '../run-command.mjs'
import { SetupError } from '../setup-error.mjs'
import { chooseNames, installCommand } from './debian-packages.mjs'

/** Two tries and 15 s of silence at most, so that one unreachable source costs seconds. */
export const patience = ['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=15', '-o', 'Acquire::https::Timeout=15']

/**
 * @param {readonly (readonly string[])[]} needs
 * @param {readonly string[]} aptOptions
 * @returns {Promise<string[]>}
 */
export async function resolveNames(needs, aptOptions = []) {
  const known = await runCommand('apt-cache', [...aptOptions, '--no-all-versions', 'show', ...needs.flat()])
  return chooseNames(needs, known.stdout)
}

/**
 * Into the system, as root or with a sudo that does not ask.
 * @param {{ needs: readonly (readonly string[])[], sudo: readonly string[] }} input
 */
export async function installIntoSystem({ needs, sudo }) {
  await apt(sudo, ['update'])
  const names = await resolveNames(needs)
  const options = ['-o', 'DPkg::Lock::Timeout=180', '-o', 'Dpkg::Options::=--force-confold']
  const result = await apt(sudo, ['install', '--yes', '--no-install-recommends', ...options, ...names])
  if (!result.ok) {
    throw new SetupError(
      `apt could not install what Electron needs:\n${lastLines(result)}`,
      `Run this as an administrator, then try again:\n  ${installCommand(names)}`
    )
  }
}

/**
 * @param {readonly string[]} sudo
 * @param {readonly string[]} args
 */
function apt(sudo, args) {
  const [file = '', ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...patience, ...args]
  return runCommand(file, rest, { timeoutMs: 900_000 })
}
