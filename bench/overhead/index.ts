import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Secret } from '#shared/domain/secret.ts'
import { GIB, MIB } from '#shared/domain/units.ts'
import { type LocalStack, startLocalStack } from '../../scripts/local-stack/local-stack.ts'
import { makePrivateFolder, removePrivateFolder } from '../../scripts/local-stack/private-file.ts'
import { readRuntime } from '../../scripts/local-stack/runtime.ts'
import { type DataSet, dataSets, writeDataSet } from './data-sets.ts'
import { watchMemoryPeak } from './memory-peak.ts'
import { plainCopySeconds } from './plain-copy.ts'
import { productCopySeconds } from './product-copy.ts'

const ROUNDS = 3
const DESTINATION_BUCKET = 'bench-destination'
// The cap is not what is measured here.
const NO_CAP = 10 * GIB

interface Finding {
  readonly plainSeconds: number
  readonly productSeconds: number
  /** Product over plain; medians of interleaved runs against the same endpoints. */
  readonly ratio: number
  readonly peakMemoryMiB: number
}

async function measure(stack: LocalStack, apiKey: Secret, rclonePath: string, set: DataSet): Promise<Finding> {
  const { source, carolina } = stack
  const plain: number[] = []
  const product: number[] = []
  let peak = 0
  for (let round = 1; round <= ROUNDS; round += 1) {
    const folder = `${set.name}-${String(round)}`
    plain.push(await plainCopySeconds(rclonePath, source, carolina, set.bucket, `${DESTINATION_BUCKET}/plain-${folder}`))
    const stopWatching = watchMemoryPeak(stack.worker.pid())
    const prefix = `product-${folder}/`
    product.push(await productCopySeconds({ apiOrigin: stack.apiOrigin, apiKey, source, bucket: set.bucket, destinationPrefix: prefix }))
    peak = Math.max(peak, stopWatching())
    console.error(`${set.name}, round ${String(round)}: plain ${plain.at(-1)?.toFixed(2) ?? ''} s, product ${product.at(-1)?.toFixed(2) ?? ''} s`)
    for (const copy of [`plain-${folder}`, `product-${folder}`]) {
      await rm(join(carolina.dataFolder, DESTINATION_BUCKET, copy), { recursive: true, force: true })
    }
  }
  const [plainSeconds, productSeconds] = [median(plain), median(product)]
  return {
    plainSeconds: rounded(plainSeconds),
    productSeconds: rounded(productSeconds),
    ratio: rounded(productSeconds / plainSeconds),
    peakMemoryMiB: Math.round(peak / MIB),
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
const rounded = (value: number): number => Number(value.toFixed(3))

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
    sourceBuckets: dataSets.map(({ bucket }) => bucket),
    carolinaBuckets: [DESTINATION_BUCKET],
    capBytesPerSecond: NO_CAP,
    onStep: (line) => console.error(line),
  })
  try {
    for (const set of dataSets) await writeDataSet(stack.source.dataFolder, set)
    // The store sees files that it did not write itself after a restart.
    await stack.source.service.stop()
    await stack.source.service.start()
    const { endpoint, accessKeyId, secretAccessKey } = stack.carolina
    const email = 'bench@carolinacloud.example'
    const apiKey = Secret.of(await stack.directory.addAccount(email))
    await stack.directory.addBucket({ scope: 'personal', owner: email, name: 'My Storage', bucket: DESTINATION_BUCKET, endpoint, accessKeyId, secretAccessKey })
    const findings: Record<string, Finding> = {}
    for (const set of dataSets) findings[set.name] = await measure(stack, apiKey, runtime.rclone.path, set)
    console.log(JSON.stringify(findings))
  } finally {
    await stack.stop()
  }
} finally {
  await removePrivateFolder(privateFolder)
}
