import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { hashFile } from './fetch-file.mjs'
import { runCommand } from './run-command.mjs'

/**
 * @param {readonly string[]} args
 * @param {{ cwd?: string, timeoutMs?: number }} [options]
 */
export function runNpm(args, options) {
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']
  // npm is a script (npm.cmd) on Windows, which only a shell can start.
  return runCommand('npm', [...args, ...quiet], { ...options, shell: process.platform === 'win32' })
}

/**
 * Brings one package's archive by the user's own npm (its registry, proxy and certificates) and checks it.
 * @param {string} name
 * @param {string} version
 * @param {string | null} sha512 base64, as `dist.integrity` has it; null: npm's own check only
 * @param {string} folder
 * @returns {Promise<string>} the .tgz file
 */
export async function fetchNpmPackage(name, version, sha512, folder) {
  mkdirSync(folder, { recursive: true })
  const result = await runNpm(['pack', `${name}@${version}`, '--pack-destination', folder], { timeoutMs: 900_000 })
  const archive = readdirSync(folder).find((file) => file.endsWith('.tgz'))
  if (!result.ok || !archive) throw new Error(`npm could not fetch ${name}@${version}: ${firstError(result.stderr)}`)
  const file = join(folder, archive)
  if (sha512 !== null && (await hashFile(file, 'sha512', 'base64')) !== sha512) {
    throw new Error(`${name}@${version} is not the archive that was checked (its SHA-512 differs)`)
  }
  return file
}

/** @param {string} stderr */
function firstError(stderr) {
  return stderr.split('\n').find((line) => line.includes('error'))?.trim() ?? 'no reason given'
}
