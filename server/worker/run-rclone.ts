import type { CopyRun } from './copy-run.ts'
import type { Listing } from './inventory/pair-listings.ts'
import type { S3Side } from './inventory/s3-connection.ts'
import { ListingFailedError, type SideListings } from './inventory/side-listings.ts'
import { type CopyEnd, sourceKeyOf } from './rclone/copy-command-rules.ts'
import type { CopyOutcome } from './rclone/rclone-copy-job.ts'
import type { CopyFailure } from './rclone/rclone-failure-rules.ts'
import { isCopiedEntry, type RcloneLogEntry } from './rclone/rclone-log-parser.ts'

export interface RcloneRun {
  readonly listings: SideListings
  /** Of the source, see `likenessOf`. */
  readonly isEtagOpaque: boolean
  /** See `CopyPlan`. */
  readonly forcedPathsFile?: string
}

/** One copy by rclone, with its log and progress shown. `isDigestRefused`: the destination did not get what an ETag promised. */
export async function runRclone(
  run: CopyRun,
  { listings, isEtagOpaque, ...plan }: RcloneRun,
): Promise<{ readonly outcome: CopyOutcome; readonly isDigestRefused: boolean }> {
  const { job, sides, progress, stopSwitch } = run
  const { signal } = stopSwitch
  const source = toCopyEnd(sides.source)
  let isDigestRefused = false
  const copying = run.startCopy({
    ...plan,
    source: { ...source, location: { ...source.location, isEtagOpaque } },
    destination: toCopyEnd(sides.destination),
    target: job.source.target,
    destinationPrefix: job.destination.prefix,
    capBytesPerSecond: job.capBytesPerSecond,
    onProgress: ({ copiedBytes, copiedObjects, bytesPerSecond }) =>
      progress.setTransferred({ bytes: copiedBytes, objects: copiedObjects, bytesPerSecond }),
    onLog: (entry) => {
      isDigestRefused ||= entry.level === 'error' && /\bBadDigest\b/.test(entry.message)
      if (!signal.aborted) noteEntry(run, entry)
    },
    onStalled: async () => (await probe(listings.source)) ?? (await probe(listings.destination)),
  })
  const cancel = (): void => {
    // Without the lease another worker may be copying already: no time for good order.
    void (stopSwitch.reason() === 'lease-lost' ? copying.abandon() : copying.cancel())
  }
  signal.addEventListener('abort', cancel)
  if (signal.aborted) cancel()
  try {
    return { outcome: await copying.finished, isDigestRefused }
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
