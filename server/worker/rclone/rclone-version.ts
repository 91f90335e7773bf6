import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { err, ok, type Result } from '#shared/domain/result.ts'

/** Older ones can pass credentials on to another host when a server redirects (GHSA-8mxv-9xhp-86h4). */
const OLDEST: readonly number[] = [1, 75, 0]
const TIMEOUT_MS = 20_000

/** Whether this rclone may be given secrets: its version, or one sentence that says what is wrong and what to do. */
export async function checkRclone(rclonePath: string): Promise<Result<string, string>> {
  const fix = `install rclone ${OLDEST.join('.')} or newer and name it in RCLONE_PATH`
  const run = promisify(execFile)
  const output = await run(rclonePath, ['version', '--config', '/dev/null'], { env: {}, timeout: TIMEOUT_MS }).catch(
    () => null,
  )
  if (output === null) return err(`${rclonePath} could not be run: ${fix}`)
  const version = /^rclone v(\d+)\.(\d+)(?:\.(\d+))?/m.exec(output.stdout)
  if (version === null) return err(`${rclonePath} does not say which rclone it is: ${fix}`)
  const parts = version.slice(1).map((part: string | undefined) => Number(part ?? 0))
  const text = parts.join('.')
  return isAtLeast(parts, OLDEST)
    ? ok(text)
    : err(`${rclonePath} is rclone ${text}, which can leak credentials: ${fix}`)
}

function isAtLeast(parts: readonly number[], oldest: readonly number[]): boolean {
  const differing = parts.findIndex((part, index) => part !== oldest[index])
  return differing < 0 || (parts[differing] ?? 0) > (oldest[differing] ?? 0)
}
