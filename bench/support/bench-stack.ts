import { Secret } from '#shared/domain/secret.ts'
import { GIB } from '#shared/domain/units.ts'
import { type LocalStack, startLocalStack } from '../../scripts/local-stack/local-stack.ts'
import { makePrivateFolder, removePrivateFolder } from '../../scripts/local-stack/private-file.ts'
import { readRuntime } from '../../scripts/local-stack/runtime.ts'
import { type DataSet, writeDataSet } from './data-sets.ts'

export const DESTINATION_BUCKET = 'bench-destination'
// The cap is not what is measured here.
const NO_CAP = 10 * GIB

export interface BenchStack {
  readonly stack: LocalStack
  /** Of an account whose only destination is `DESTINATION_BUCKET`. */
  readonly apiKey: Secret
  readonly rclonePath: string
}

/**
 * Starts the whole hosted side with these data sets at the source, and removes all of it afterwards, however it ends.
 * `destinationFront`: what the worker is to speak to in place of the destination's endpoint.
 */
export async function withBenchStack(
  sets: readonly DataSet[],
  destinationFront: (endpoint: string) => Promise<string>,
  measure: (bench: BenchStack) => Promise<void>,
): Promise<void> {
  const runtime = readRuntime()
  const privateFolder = await makePrivateFolder('bench')
  let stack: LocalStack | null = null

  // An interrupted run leaves no process and no key behind either.
  async function endEarly(): Promise<void> {
    await stack?.stop()
    await removePrivateFolder(privateFolder)
    process.exit(130)
  }
  process.once('SIGINT', () => void endEarly())
  process.once('SIGTERM', () => void endEarly())

  try {
    stack = await startLocalStack({
      privateFolder,
      nodePath: runtime.node.path,
      rclonePath: runtime.rclone.path,
      sourceBuckets: sets.map(({ bucket }) => bucket),
      carolinaBuckets: [DESTINATION_BUCKET],
      capBytesPerSecond: NO_CAP,
      onStep: (line) => console.error(line),
    })
    try {
      for (const set of sets) await writeDataSet(stack.source.dataFolder, set)
      // The store sees files that it did not write itself after a restart.
      await stack.source.service.stop()
      await stack.source.service.start()
      const apiKey = await addAccount(stack, await destinationFront(stack.carolina.endpoint))
      await measure({ stack, apiKey, rclonePath: runtime.rclone.path })
    } finally {
      await stack.stop()
    }
  } finally {
    await removePrivateFolder(privateFolder)
  }
}

async function addAccount({ directory, carolina }: LocalStack, endpoint: string): Promise<Secret> {
  const { accessKeyId, secretAccessKey } = carolina
  const email = 'bench@carolinacloud.example'
  const apiKey = Secret.of(await directory.addAccount(email))
  await directory.addBucket({ scope: 'personal', owner: email, name: 'My Storage', bucket: DESTINATION_BUCKET, endpoint, accessKeyId, secretAccessKey })
  return apiKey
}
