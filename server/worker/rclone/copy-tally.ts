import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import { sourceKeyOf } from './copy-command-rules.ts'
import { type CopyFailure, explainRcloneFailure, mostTelling } from './rclone-failure-rules.ts'
import { isCopiedEntry, type RcloneLogEntry } from './rclone-log-parser.ts'

export interface FailedObject {
  /** Key in the source bucket. */
  readonly key: string
  readonly failure: CopyFailure
}

/** What the log told so far. rclone's own record of transfers keeps the last hundred only. */
export interface CopyTally {
  /** Takes a redacted entry; gives the failure it tells of, if it does. */
  take(entry: RcloneLogEntry): CopyFailure | null
  /** Another attempt begins: what failed is tried again, what was copied stays counted. */
  forgetFailures(): void
  readonly copiedObjects: number
  readonly copiedBytes: number
  readonly errorLines: number
  /** The first ones, at most `maxFailedObjects`. */
  readonly failedObjects: readonly FailedObject[]
  readonly failedObjectCount: number
  /** What to tell a person, of all failures of this attempt. */
  readonly worst: CopyFailure | null
  /** Whether at least one failure may go away by trying again. */
  readonly mayRetry: boolean
}

export interface CopyTallyContext {
  readonly target: SourceTarget
  readonly sourceEndpoint: string
  readonly destinationEndpoint: string
  readonly maxFailedObjects: number
}

export function createCopyTally(context: CopyTallyContext): CopyTally {
  let copiedObjects = 0
  let copiedBytes = 0
  let errorLines = 0
  let failedObjectCount = 0
  let failedObjects: FailedObject[] = []
  let worst: CopyFailure | null = null
  let mayRetry = false

  const takeError = (entry: RcloneLogEntry): CopyFailure => {
    errorLines += 1
    const failure = explainRcloneFailure({ ...context, text: entry.message })
    worst = worst === null ? failure : mostTelling([worst, failure])
    mayRetry ||= !failure.permanent
    if (entry.object !== undefined && entry.message.startsWith('Failed to copy')) {
      failedObjectCount += 1
      if (failedObjects.length < context.maxFailedObjects) {
        failedObjects.push({ key: sourceKeyOf(context.target, entry.object), failure })
      }
    }
    return failure
  }

  return {
    take(entry) {
      if (isCopiedEntry(entry)) {
        copiedObjects += 1
        copiedBytes += entry.size ?? 0
      }
      return tellsFailure(entry) ? takeError(entry) : null
    },
    forgetFailures() {
      errorLines = 0
      failedObjectCount = 0
      failedObjects = []
      worst = null
      mayRetry = false
    },
    get copiedObjects() {
      return copiedObjects
    },
    get copiedBytes() {
      return copiedBytes
    },
    get errorLines() {
      return errorLines
    },
    get failedObjects() {
      return failedObjects
    },
    get failedObjectCount() {
      return failedObjectCount
    },
    get worst() {
      return worst
    },
    get mayRetry() {
      return mayRetry
    },
  }
}

/** `rc: …` repeats what the caller is told; a cancelled context is the echo of our own stop. */
function tellsFailure(entry: RcloneLogEntry): boolean {
  return entry.level === 'error' && !entry.message.startsWith('rc: ') && !/context canceled$/.test(entry.message)
}
