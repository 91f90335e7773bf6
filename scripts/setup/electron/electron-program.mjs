import { runCommand } from '../run-command.mjs'

/** @returns {string} the program's place inside an Electron folder, per platform */
export function programName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

/**
 * Really starts it, so that a library that is missing or a broken file shows here and not in the first test.
 * @param {string} program
 * @param {string} version the one it must say
 * @param {import('../desktop/ensure-desktop.mjs').Desktop} desktop
 * @returns {Promise<string | null>} what is wrong with it, or null
 */
export async function findFault(program, version, desktop) {
  const [file = '', ...args] = [...desktop.wrap, program, '--no-sandbox', '--version']
  const result = await runCommand(file, args, { env: { ...process.env, ...desktop.env }, timeoutMs: 30_000 })
  if (result.ok && result.stdout.includes(`v${version}`)) return null
  const library = /loading shared libraries: ([^:]+)/.exec(result.stderr)?.[1]
  if (library) return `the library ${library} is missing`
  return `"${program} --version" said: ${(result.stdout + result.stderr).trim().slice(0, 300) || result.trouble || `code ${result.code}`}`
}
