import { execFile } from 'node:child_process'
import { StartError } from './start-error.ts'

const LONGEST_MS = 30_000

export interface Program {
  readonly name: string
  readonly nodePath: string
  readonly script: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Secrets go in here. */
  readonly input?: string
  readonly signal: AbortSignal | undefined
}

/**
 * Runs one of the server's own command lines to its end.
 *
 * @returns what it printed
 * @throws StartError with its own words when it does not succeed.
 */
export function runProgram({ name, nodePath, script, args, env, input, signal }: Program): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env, timeout: LONGEST_MS, ...(signal === undefined ? {} : { signal }) }
    const child = execFile(nodePath, [script, ...args], options, (error, stdout, stderr) => {
      if (signal?.aborted === true) reject(signal.reason as Error)
      else if (error !== null) reject(new StartError(`${name} did not succeed: ${stderr.trim() || error.message}`, 'Run it by hand to see more.'))
      else resolve(stdout)
    })
    child.stdin?.end(input ?? '')
  })
}
