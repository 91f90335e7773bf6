import { execFile } from 'node:child_process'
import { join } from 'node:path'

const LONGEST_MS = 5_000

/**
 * Takes the demo's API key out of the person's own keychain, where the app kept it: the demo leaves nothing behind.
 * Without a keychain, or with a locked one, there is nothing to take out.
 */
export function forgetDemoKey(nodePath: string, apiOrigin: string, env: Record<string, string>): Promise<void> {
  const entry = join(import.meta.dirname, 'forget-key-entry.ts')
  return new Promise((resolve) => {
    execFile(nodePath, [entry, apiOrigin], { env, timeout: LONGEST_MS, killSignal: 'SIGKILL' }, () => resolve())
  })
}
