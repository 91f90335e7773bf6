import { type BenchStack, withBenchStack } from '../support/bench-stack.ts'
import { dataSets } from '../support/data-sets.ts'
import { productCopySeconds } from '../support/product-copy.ts'
import { type CountingProxy, startCountingProxy } from './counting-proxy.ts'

/**
 * B4: what the same migration costs once more when nothing has changed since. Dispatch to end, both times; without and
 * with a line between the worker and both stores.
 */
const ROUNDS = 3
const DELAYS_MS = [0, 30]
const set = dataSets[0]
if (set === undefined) throw new Error('no data set')
const { bucket, objects } = set

interface Proxies {
  readonly source: CountingProxy
  readonly destination: CountingProxy
}

/** The round of the median ratio. */
async function measure({ stack, apiKey }: BenchStack, proxies: Proxies, delayMs: number) {
  for (const proxy of [proxies.source, proxies.destination]) proxy.setDelayMs(delayMs)
  const source = { ...stack.source, endpoint: proxies.source.endpoint }
  const once = async (destinationPrefix: string) => {
    const seconds = await productCopySeconds({ apiOrigin: stack.apiOrigin, apiKey, source, bucket, destinationPrefix })
    return { seconds: Number(seconds.toFixed(2)), source: proxies.source.take(), destination: proxies.destination.take() }
  }
  const rounds = []
  for (let round = 1; round <= ROUNDS; round += 1) {
    const prefix = `delay-${String(delayMs)}/round-${String(round)}/`
    const first = await once(prefix)
    const again = await once(prefix)
    console.error(JSON.stringify({ delayMs, round, first, again }))
    rounds.push({ delayMs, ratio: again.seconds / first.seconds, first, again })
  }
  return rounds.toSorted((a, b) => a.ratio - b.ratio)[Math.floor(ROUNDS / 2)]
}

const opened: CountingProxy[] = []
async function open(endpoint: string): Promise<CountingProxy> {
  const proxy = await startCountingProxy(endpoint)
  opened.push(proxy)
  return proxy
}
try {
  let destination: CountingProxy | null = null
  await withBenchStack(
    [set],
    async (endpoint) => {
      destination = await open(endpoint)
      return destination.endpoint
    },
    async (bench) => {
      if (destination === null) throw new Error('no proxy before the destination')
      const source = await open(bench.stack.source.endpoint)
      const findings = []
      for (const delayMs of DELAYS_MS) findings.push(await measure(bench, { source, destination }, delayMs))
      console.log(JSON.stringify({ objects, findings }))
    },
  )
} finally {
  for (const proxy of opened) proxy.stop()
}
