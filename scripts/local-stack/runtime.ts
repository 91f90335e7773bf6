import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './server-programs.ts'
import { StartError } from './start-error.ts'

/** Where set-up found or put the programs. */
export interface Runtime {
  readonly node: { readonly path: string; readonly version: string }
  /** `origin` is `electron` for Electron's own release, anything else for a stand-in. */
  readonly electron: {
    readonly program: string
    readonly version: string
    readonly dist: string
    readonly origin: string
  }
  readonly rclone: { readonly path: string; readonly version: string }
  readonly desktop: { readonly wrap: readonly string[] }
}

/** @throws StartError when set-up has not run. */
export function readRuntime(): Runtime {
  const file = join(projectRoot, '.cache', 'runtime.json')
  const runtime = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Runtime>) : {}
  const { node, electron, rclone, desktop } = runtime
  if (node === undefined || electron === undefined || rclone === undefined || desktop === undefined) {
    throw new StartError('This checkout is not set up.', 'Run "node scripts/setup/index.mjs".')
  }
  return { node, electron, rclone, desktop }
}
