import { join } from 'node:path'
import { writePrivateFile } from '../../scripts/local-stack/private-file.ts'
import { readRuntime } from '../../scripts/local-stack/runtime.ts'
import { launchApi } from '../../scripts/local-stack/server-programs.ts'
import type { Stack } from './fixtures.ts'
import { TEST_CAP } from './sample-data.ts'

export interface StrictApi {
  readonly apiOrigin: string
  stop(): Promise<void>
}

/** A second API over the stack's database, as in production: it takes no source within a private network. */
export async function startStrictApi(stack: Stack): Promise<StrictApi> {
  const { node, rclone } = readRuntime()
  const api = await launchApi(
    {
      nodePath: node.path,
      rclonePath: rclone.path,
      databaseUrlFile: await writePrivateFile(join(stack.privateFolder, 'strict-api-database.url'), stack.databaseUrl.reveal()),
      credentialsKeyFile: stack.credentialsKeyFile,
      logFolder: stack.logFolder,
      capBytesPerSecond: TEST_CAP,
      arePrivateSourcesAllowed: false,
      signal: undefined,
    },
    0,
  )
  return { apiOrigin: `http://127.0.0.1:${String(api.ready)}`, stop: () => api.stop() }
}
