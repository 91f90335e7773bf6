import { join } from 'node:path'
import { lastLines, runCommand } from '../run-command.mjs'
import { rcloneFileName } from './rclone-release.mjs'

/**
 * Compiles it, where Go is installed; Go checks the sources against its checksum database. Takes minutes.
 * @param {{ version: string, folder: string }} input
 * @returns {Promise<string>} the program
 */
export async function buildWithGo({ version, folder }) {
  const env = { ...process.env, GOBIN: folder, CGO_ENABLED: '0' }
  const result = await runCommand('go', ['install', `github.com/rclone/rclone@v${version}`], { env, timeoutMs: 1_800_000 })
  if (result.trouble === 'not-found') throw new Error('Go is not installed')
  if (!result.ok) throw new Error(`go install did not succeed:\n${lastLines(result, 3)}`)
  return join(folder, rcloneFileName)
}
