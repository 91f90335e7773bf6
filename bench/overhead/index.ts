import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { MIB } from '#shared/domain/units.ts'
import { type BenchStack, DESTINATION_BUCKET, withBenchStack } from '../support/bench-stack.ts'
import { type DataSet, dataSets } from '../support/data-sets.ts'
import { productCopySeconds } from '../support/product-copy.ts'
import { watchMemoryPeak } from './memory-peak.ts'
import { plainCopySeconds } from './plain-copy.ts'

const ROUNDS = 3

interface Finding {
  readonly plainSeconds: number
  readonly productSeconds: number
  /** Product over plain; medians of interleaved runs against the same endpoints. */
  readonly ratio: number
  readonly peakMemoryMiB: number
}

async function measure({ stack, apiKey, rclonePath }: BenchStack, set: DataSet): Promise<Finding> {
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

await withBenchStack(dataSets, (endpoint) => Promise.resolve(endpoint), async (bench) => {
  const findings: Record<string, Finding> = {}
  for (const set of dataSets) findings[set.name] = await measure(bench, set)
  console.log(JSON.stringify(findings))
})
