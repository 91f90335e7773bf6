import type { ExistingPolicy } from '#shared/domain/object-outcome.ts'
import { GIB, MAX_KEY_BYTES, utf8Length } from '#shared/domain/units.ts'
import { forEachLimited } from '../inventory/for-each-limited.ts'
import { isFolderMarker, likenessOf } from '../inventory/likeness-rules.ts'
import type { ListedObject } from '../inventory/object-listing.ts'
import { type ListedPair, walkPairs } from '../inventory/pair-listings.ts'
import type { SideEnds, SideListings } from '../inventory/side-listings.ts'
import type { ObjectFailure, ObjectFailures } from '../object-failures.ts'
import type { ShownProgress } from '../progress/shown-progress.ts'
import { type RecentActivity, toStoredText } from '../recent-activity.ts'
import { type ByteRate, createByteRate } from './byte-rate.ts'
import { copyObject, MAX_WHOLE_BYTES } from './copy-object.ts'
import { isBeyondRclone } from './rclone-key-rules.ts'
import { AlreadyThereError } from './never-overwrite.ts'
import { requireStore } from './require-store.ts'
import { explainStragglerFailure, type StragglerFailure } from './straggler-failure-rules.ts'

export interface StragglersInput {
  readonly listings: SideListings
  readonly ends: SideEnds
  readonly toSourceKey: (key: string) => string
  readonly existing: ExistingPolicy
  /**
   * Destination keys of what a verification has found to be another, although sizes and times say it is the same;
   * `existing` holds for them as well.
   */
  readonly staleKeys?: ReadonlySet<string>
  /** Of the source, see `likenessOf`. */
  readonly isEtagOpaque: boolean
  /** S11: of payload. */
  readonly capBytesPerSecond: number
  readonly progress: Pick<ShownProgress, 'addByWorker'>
  readonly activity: Pick<RecentActivity, 'add' | 'addCopied'>
  readonly failures: ObjectFailures
  readonly redact: (text: string) => string
}

const NAMELESS =
  'it is named like the folder that is copied, and would have no name at the destination; choose a destination folder'
const MAX_AT_ONCE = 16
const MAX_NAMED = 10
/** S3's limit for one object. */
const MAX_OBJECT_BYTES = 5 * 1024 * GIB
/** So many objects in a row, each tried three times, met a store that does not answer: it may be gone. */
const MAX_UNREACHED_IN_A_ROW = MAX_AT_ONCE

interface Run extends StragglersInput {
  readonly signal: AbortSignal
  readonly rate: ByteRate
  /** Large objects go one at a time: each has several connections. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>
  failed: number
  unreachedInARow: number
}

/**
 * Copies what rclone cannot carry (`isBeyondRclone`) and the destination does not hold the same: each object under
 * its own key, byte for byte, with its type and metadata. What cannot be copied is noted in `failures` and told in
 * the activity. Call it when rclone has ended: it uses the whole cap. Ends quietly, or by the listings'
 * `ListingFailedError`, when the ends' signals abort; throws that error as well when a store has stopped answering.
 */
export async function copyStragglers(input: StragglersInput): Promise<void> {
  const { listings, ends } = input
  const run: Run = {
    ...input,
    signal: AbortSignal.any([ends.source.signal, ends.destination.signal]),
    rate: createByteRate(input.capBytesPerSecond),
    inTurn: createTurns(),
    failed: 0,
    unreachedInARow: 0,
  }
  await walkPairs(listings.source, listings.destination, (pairs) =>
    forEachLimited(stragglersOf(run, pairs), MAX_AT_ONCE, ({ source }) => bringOver(run, source)),
  )
}

async function* stragglersOf(run: Run, pairs: AsyncIterable<ListedPair>): AsyncGenerator<ListedPair> {
  for await (const pair of pairs) {
    if (run.signal.aborted) return
    const { source } = pair
    const keys = { sourceKey: run.toSourceKey(source.key), destinationKey: source.key }
    if (!source.isArchived && isBeyondRclone({ ...keys, bytes: source.size }) && isMissing(run, pair)) yield pair
  }
}

function isMissing({ existing, isEtagOpaque, staleKeys }: Run, { source, destination }: ListedPair): boolean {
  if (destination === null) return true
  if (existing === 'never-overwrite') return false
  if (staleKeys?.has(source.key) === true) return true
  return !['by-checksum', 'by-size'].includes(likenessOf(source, destination, isEtagOpaque))
}

/** Throws for a store that is gone, and nothing for a single object. */
async function bringOver(run: Run, object: ListedObject): Promise<void> {
  const refusal = refusalOf(object)
  if (refusal !== null) {
    noteFailure(run, object, refusal)
    return
  }
  const isLarge = object.size > MAX_WHOLE_BYTES
  let bytes = 0
  const copy = (): Promise<void> =>
    copyObject({
      ...run,
      sourceKey: run.toSourceKey(object.key),
      destinationKey: object.key,
      bytes: object.size,
      onBytes(more) {
        bytes += more
        run.progress.addByWorker({ bytes: more, objects: 0 })
      },
    })
  try {
    await (isLarge ? run.inTurn(copy) : copy())
    run.unreachedInARow = 0
    run.progress.addByWorker({ bytes: 0, objects: 1 })
    run.activity.addCopied(run.toSourceKey(object.key))
  } catch (error) {
    // The parts of what did not become an object are of no use.
    if (bytes > 0) run.progress.addByWorker({ bytes: -bytes, objects: 0 })
    if (run.signal.aborted) return
    // B4: it came to be there since the listing, or out of the listing's order.
    if (error instanceof AlreadyThereError) {
      run.unreachedInARow = 0
      return
    }
    const failure = explainStragglerFailure(error)
    if (failure === null) throw error
    noteFailure(run, object, failure)
    await requireReachable(run, failure)
  }
}

/** What no store would take need not be sent. */
function refusalOf({ key, size }: ListedObject): ObjectFailure | null {
  // A request without a key is one about the bucket.
  if (key === '') return { reason: 'key-refused', detail: NAMELESS }
  if (size > MAX_OBJECT_BYTES) return { reason: 'object-too-large', detail: `${size} bytes, more than 5 TiB` }
  const keyBytes = utf8Length(key)
  if (keyBytes > MAX_KEY_BYTES) return { reason: 'key-too-long', detail: `the destination key has ${keyBytes} bytes` }
  return null
}

function noteFailure(run: Run, object: ListedObject, { reason, detail }: ObjectFailure): void {
  const sourceKey = run.toSourceKey(object.key)
  const words = toStoredText(detail, run.redact)
  run.failures.note(sourceKey, { reason, detail: words })
  run.failed += 1
  if (run.failed > MAX_NAMED) return
  if (isFolderMarker(object)) run.activity.add('info', `folder marker ${object.key} could not be copied: ${words}`)
  else run.activity.add('error', `${sourceKey}: ${words}`)
}

/** Some objects may fail for ever at a store that is there: only the store itself can tell. */
async function requireReachable(run: Run, { reason, side }: StragglerFailure): Promise<void> {
  run.unreachedInARow = reason === 'unreachable' || reason === 'throttled' ? run.unreachedInARow + 1 : 0
  if (side === null || run.unreachedInARow < MAX_UNREACHED_IN_A_ROW) return
  run.unreachedInARow = 0
  await requireStore(run, side)
}

function createTurns(): Run['inTurn'] {
  let last = Promise.resolve()
  return (work) => (last = last.then(work, work))
}
