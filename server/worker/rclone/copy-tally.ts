import {
  concernsWholeCopy,
  type CopyFailure,
  endsWholeCopy,
  explainRcloneFailure,
  mostTelling,
} from './rclone-failure-rules.ts'
import { isCopiedEntry, type RcloneLogEntry } from './rclone-log-parser.ts'

/** What one run's log told so far. rclone's own record of transfers keeps the last hundred only. */
export interface CopyTally {
  /** Takes a redacted entry; gives the failure it tells of, if it does. */
  take(entry: RcloneLogEntry): CopyFailure | null
  readonly copiedObjects: number
  readonly copiedBytes: number
  readonly errorLines: number
  /** Of them, those that are the last word on an object. */
  readonly finalErrorLines: number
  /** Of them, those about one object: rclone tells of each once, at its end. */
  readonly failedObjects: number
  /** What to tell a person, of all failures. */
  readonly worst: CopyFailure | null
  /** Whether a failure concerns more than single objects. */
  readonly isWhole: boolean
  /** Whether at least one failure may go away by trying again, and none forbids it. */
  readonly mayPass: boolean
}

export interface CopyTallyContext {
  readonly sourceEndpoint: string
  readonly destinationEndpoint: string
}

export function createCopyTally(context: CopyTallyContext): CopyTally {
  let copiedObjects = 0
  let copiedBytes = 0
  let errorLines = 0
  let finalErrorLines = 0
  let failedObjects = 0
  let worst: CopyFailure | null = null
  let isWhole = false
  let mayPass = false

  const takeError = (entry: RcloneLogEntry): CopyFailure => {
    const failure = explainRcloneFailure({ ...context, text: entry.message })
    errorLines += 1
    if (failure.permanent) finalErrorLines += 1
    if (isObjectError(entry)) failedObjects += 1
    worst = worst === null ? failure : mostTelling([worst, failure])
    isWhole ||= concernsWholeCopy(failure)
    mayPass ||= !failure.permanent
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
    get copiedObjects() {
      return copiedObjects
    },
    get copiedBytes() {
      return copiedBytes
    },
    get errorLines() {
      return errorLines
    },
    get finalErrorLines() {
      return finalErrorLines
    },
    get failedObjects() {
      return failedObjects
    },
    get worst() {
      return worst
    },
    get isWhole() {
      return isWhole
    },
    get mayPass() {
      return mayPass && (worst === null || !endsWholeCopy(worst))
    },
  }
}

/** Whether an error is about the object that the entry names: rclone names folders and buckets in the same place. */
export function isObjectError(entry: RcloneLogEntry): boolean {
  return entry.object !== undefined && !entry.message.startsWith('error reading ')
}

/**
 * `rc: …` repeats what the caller is told; a cancelled context is the echo of our own stop; what rclone ignores on
 * purpose (`Entry doesn't belong in directory … - ignoring`) is copied by the worker.
 */
function tellsFailure({ level, message }: RcloneLogEntry): boolean {
  return level === 'error' && !message.startsWith('rc: ') && !/(?:context canceled| - ignoring)$/.test(message)
}
