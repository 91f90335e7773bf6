import type { S3Client } from '@aws-sdk/client-s3'
import type { ClaimedJob } from '../stores/job-store.ts'
import { takeInventory } from './inventory/source-inventory.ts'
import type { Listing } from './inventory/pair-listings.ts'
import { connectS3, type S3Side } from './inventory/s3-connection.ts'
import { ListingFailedError, openSideListings, type SideListings } from './inventory/side-listings.ts'
import { failed, type JobOutcome, type JobPorts, stopped } from './job-ports.ts'
import type { CopyEnd } from './rclone/copy-command-rules.ts'
import { sourceKeyOf } from './rclone/copy-command-rules.ts'
import type { CopyFailure } from './rclone/rclone-failure-rules.ts'
import { isCopiedEntry, type RcloneLogEntry } from './rclone/rclone-log-parser.ts'
import type { CopyOutcome } from './rclone/rclone-copy-job.ts'
import type { RecentActivity } from './recent-activity.ts'
import type { ShownProgress } from './shown-progress.ts'
import type { StopSwitch } from './stop-switch.ts'
import { verifyCopy } from './verify/verify-copy.ts'

export interface CopySides {
  readonly source: S3Side
  readonly destination: S3Side
}

export interface CopyRun extends Pick<JobPorts, 'startCopy' | 'sourceGuard' | 'logger'> {
  readonly job: ClaimedJob
  readonly sides: CopySides
  readonly stopSwitch: StopSwitch
  readonly activity: RecentActivity
  readonly progress: ShownProgress
  /** Moves the row on; false when the job is to stop. */
  readonly beginVerifying: () => Promise<boolean>
}

/** Copies while the source is being counted, then compares both sides: only that decides on "completed". */
export async function copyAndVerify(run: CopyRun): Promise<JobOutcome> {
  const { signal } = run.stopSwitch
  const clients = {
    source: connectS3(run.sides.source, run.sourceGuard.lookup),
    destination: connectS3(run.sides.destination),
  }
  const inventoryEnd = new AbortController()
  try {
    const inventorySignal = AbortSignal.any([signal, inventoryEnd.signal])
    const inventory = takeInventory({
      listings: openListings(run, clients, inventorySignal),
      progress: run.progress,
      startedAtMs: Date.now(),
      signal: inventorySignal,
      onFailure: (error) => {
        run.logger.warn({ err: error, migrationId: run.job.migrationId }, 'the source could not be counted')
        run.activity.add('warning', 'the source could not be counted; its total size stays unknown until the end')
      },
    })
    const copied = await copy(run, openListings(run, clients, signal))
    // Unfinished, it is of no more use: the verification counts again.
    inventoryEnd.abort()
    await inventory
    if (run.stopSwitch.reason() !== null || copied.kind === 'cancelled') return stopped
    if (copied.kind === 'failed') return failed(toMigrationFailure(copied.failure))
    if (!(await run.beginVerifying())) return stopped
    run.activity.add('info', 'copied; comparing source and destination')
    return await verifyCopy({
      listings: openListings(run, clients, signal),
      progress: run.progress,
      activity: run.activity,
      signal,
    })
  } finally {
    inventoryEnd.abort()
    clients.source.destroy()
    clients.destination.destroy()
  }
}

interface Clients {
  readonly source: S3Client
  readonly destination: S3Client
}

function openListings({ job, sides }: CopyRun, clients: Clients, signal: AbortSignal): SideListings {
  const ends = {
    source: { client: clients.source, bucket: sides.source.bucket, signal },
    destination: { client: clients.destination, bucket: sides.destination.bucket, signal },
  }
  return openSideListings(ends, job.source.target, job.destination.prefix)
}

async function copy(run: CopyRun, listings: SideListings): Promise<CopyOutcome> {
  const { job, sides, progress, stopSwitch } = run
  const { signal } = stopSwitch
  const copying = run.startCopy({
    source: toCopyEnd(sides.source),
    destination: toCopyEnd(sides.destination),
    target: job.source.target,
    destinationPrefix: job.destination.prefix,
    capBytesPerSecond: job.capBytesPerSecond,
    onProgress: ({ copiedBytes, copiedObjects, bytesPerSecond }) =>
      progress.setTransferred({ bytes: copiedBytes, objects: copiedObjects, bytesPerSecond }),
    onLog: (entry) => {
      if (!signal.aborted) noteEntry(run, entry)
    },
    onStalled: async () => (await probe(listings.source)) ?? (await probe(listings.destination)),
  })
  const cancel = (): void => void copying.cancel()
  signal.addEventListener('abort', cancel)
  if (signal.aborted) cancel()
  try {
    return await copying.finished
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

function noteEntry({ job, activity }: CopyRun, entry: RcloneLogEntry): void {
  const key = entry.object === undefined ? null : sourceKeyOf(job.source.target, entry.object)
  if (key !== null && isCopiedEntry(entry)) {
    activity.addCopied(key)
  } else if (entry.level === 'error' || entry.level === 'warning') {
    // rclone's notices and other infos are about rclone, not about the copy.
    activity.add(entry.level, key === null ? entry.message : `${key}: ${entry.message}`)
  }
}

/** Nothing has moved for a while: is a store gone, or is it just slow? Null when it answers, whatever it holds. */
async function probe(listing: Listing): Promise<CopyFailure | null> {
  try {
    await listing()[Symbol.asyncIterator]().next()
    return null
  } catch (error) {
    if (!(error instanceof ListingFailedError)) throw error
    return { ...error.failure, exitCode: 1 }
  }
}

const toCopyEnd = ({ endpoint, region, bucket, accessKeyId, secretAccessKey }: S3Side): CopyEnd => ({
  location: { endpoint, region, bucket },
  credentials: { accessKeyId, secretAccessKey },
})

const toMigrationFailure = ({ code, side, message, exitCode }: CopyFailure) => ({ code, side, message, exitCode })
