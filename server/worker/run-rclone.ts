import { createFailureNotes } from './attempts/failure-notes.ts'
import type { CopyRun } from './copy-run.ts'
import type { S3Side } from './inventory/s3-connection.ts'
import type { OnStalled } from './rclone/copy-attempt.ts'
import { type CopyEnd, sourceKeyOf } from './rclone/copy-command-rules.ts'
import { isObjectError } from './rclone/copy-tally.ts'
import type { CopyOutcome } from './rclone/rclone-copy-job.ts'
import { isCopiedEntry } from './rclone/rclone-log-parser.ts'

export interface RcloneRun {
  /** Of the source, see `likenessOf`. */
  readonly isEtagOpaque: boolean
  /** See `CopyPlan`. */
  readonly forcedPathsFile?: string
  /** Both see `CopyJobOptions`. */
  readonly stallAfterMs: number
  readonly onStalled: OnStalled
}

/**
 * One run of rclone: its progress and its log are shown, and each object that arrives or fails is noted.
 * `isDigestRefused`: the destination did not get what an ETag promised.
 */
export async function runRclone(
  run: CopyRun,
  { isEtagOpaque, ...options }: RcloneRun,
): Promise<{ readonly outcome: CopyOutcome; readonly isDigestRefused: boolean }> {
  const { job, sides, progress, stopSwitch, activity, failures } = run
  const { signal } = stopSwitch
  const source = toCopyEnd(sides.source)
  const notes = createFailureNotes({ activity, failures })
  let isDigestRefused = false
  const copying = run.startCopy({
    ...options,
    source: { ...source, location: { ...source.location, isEtagOpaque } },
    destination: toCopyEnd(sides.destination),
    target: job.source.target,
    destinationPrefix: job.destination.prefix,
    existing: job.existing,
    capBytesPerSecond: job.capBytesPerSecond,
    onProgress: ({ copiedBytes, copiedObjects, bytesPerSecond }) =>
      progress.setTransferred({ bytes: copiedBytes, objects: copiedObjects, bytesPerSecond }),
    onLog: (entry, failure) => {
      isDigestRefused ||= failure !== null && /\bBadDigest\b/.test(entry.message)
      if (signal.aborted) return
      const key = entry.object === undefined ? null : sourceKeyOf(job.source.target, entry.object)
      if (key !== null && isCopiedEntry(entry)) {
        activity.addCopied(key)
        failures.forget(key)
      } else if (failure !== null) {
        notes.add(failure, isObjectError(entry) ? key : null)
      } else if (entry.level === 'warning') {
        // rclone's notices and infos are about rclone, not about the copy.
        activity.add('warning', key === null ? entry.message : `${key}: ${entry.message}`)
      }
    },
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
    notes.end()
  }
}

const toCopyEnd = ({ endpoint, region, bucket, accessKeyId, secretAccessKey }: S3Side): CopyEnd => ({
  location: { endpoint, region, bucket },
  credentials: { accessKeyId, secretAccessKey },
})
