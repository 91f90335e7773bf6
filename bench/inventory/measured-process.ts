import { readFileSync } from 'node:fs'
import { Secret } from '#shared/domain/secret.ts'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import { createReportWriter } from '../../server/report/report-writer.ts'
import { createMilestones } from '../../server/worker/inventory/milestones.ts'
import { connectS3 } from '../../server/worker/inventory/s3-connection.ts'
import { openSideListings, type SideListings } from '../../server/worker/inventory/side-listings.ts'
import { createShownProgress } from '../../server/worker/progress/shown-progress.ts'
import { createRecentActivity } from '../../server/worker/recent-activity.ts'
import { keepHeapSmall } from '../../server/worker/steady-memory.ts'
import { verifyCopy } from '../../server/worker/verify/verify-copy.ts'
import { startWorker } from '../../server/worker/worker-service.ts'

/**
 * A program that lists and verifies as a worker does, with all of a worker's code in memory: `node
 * measured-process.ts PORT` of a listing double. It prints one line of JSON, `Measured`.
 */
export interface Measured {
  readonly keys: number
  /** The first listing of the source, and one that finds the milestones of the first. */
  readonly firstListingSeconds: number
  readonly laterListingSeconds: number
  /** Both sides listed, each pair judged, and the report written (to nowhere). */
  readonly verificationSeconds: number
  readonly idleRssBytes: number
  readonly peakRssBytes: number
}

const endpoint = `http://127.0.0.1:${process.argv[2] ?? ''}`
const target = { kind: 'folder', prefix: 'from/' } as const
const destinationPrefix = 'to/'

const rss = (field: 'VmRSS' | 'VmHWM'): number =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

async function countSource(listings: SideListings): Promise<number> {
  let keys = 0
  for await (const _object of listings.source()) keys += 1
  return keys
}

async function verify(listings: SideListings): Promise<void> {
  const never = (): never => {
    throw new Error('nothing is to be asked: the listings tell enough')
  }
  const verified = await verifyCopy({
    listings,
    comparison: { isEtagOpaque: false, clockDifferenceMs: () => 0, hasOpaqueEtag: never, uploadedMd5: never },
    recall: () => ({ existing: 'replace-different', isOurs: true, isWrittenSince: false, failure: null, presumedFailure: null }),
    toSourceKey: (key) => target.prefix + key.slice(destinationPrefix.length),
    destinationPrefix,
    beginReport: () => createReportWriter({ saveChunk: () => Promise.resolve(true) }),
    notFoundKeys: [],
    redact: (text) => text,
    progress: createShownProgress(emptyProgress),
    activity: createRecentActivity({ redact: (text) => text, now: () => new Date() }),
    readPatiently: async (read) => ({ kind: 'read', value: await read() }),
    signal,
  })
  if (verified.kind !== 'verified' || verified.mendable.objects > 0) throw new Error(`not verified: ${JSON.stringify(verified)}`)
  await verified.report.finish()
}

keepHeapSmall()
// Held in memory as in a worker, not started: it would need a database.
if (typeof startWorker !== 'function') throw new Error('no worker')
const side = { endpoint, region: 'us-east-1', bucket: 'bucket', accessKeyId: 'BENCH', secretAccessKey: Secret.of('bench') }
const { signal } = new AbortController()
const end = { client: connectS3(side), bucket: side.bucket, signal }
const ends = { source: end, destination: { ...end, client: connectS3(side) }, milestones: createMilestones() }
const listings = openSideListings(ends, target, destinationPrefix)

const idleRssBytes = rss('VmRSS')
let keys = 0
const firstListingSeconds = await timed(async () => void (keys = await countSource(listings)))
const laterListingSeconds = await timed(async () => void (await countSource(listings)))
const verificationSeconds = await timed(() => verify(listings))
const measured: Measured = {
  keys,
  firstListingSeconds,
  laterListingSeconds,
  verificationSeconds,
  idleRssBytes,
  peakRssBytes: rss('VmHWM'),
}
process.stdout.write(`${JSON.stringify(measured)}\n`)
process.exit(0)
