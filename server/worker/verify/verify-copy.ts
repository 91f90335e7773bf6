import type { MigrationFailure } from '#shared/domain/failure-codes.ts'
import { type Comparison, compareSides, type JudgePair } from '../inventory/compare-sides.ts'
import { isFolderMarker, likenessByAge, likenessOf } from '../inventory/likeness-rules.ts'
import { readPatiently } from '../inventory/patient-listing.ts'
import type { SideListings } from '../inventory/side-listings.ts'
import { failed, type JobOutcome, stopped } from '../job-ports.ts'
import type { RecentActivity } from '../recent-activity.ts'
import type { ShownProgress } from '../shown-progress.ts'

/** What rclone said before: all is well. */
const RCLONE_SUCCESS = 0

export interface VerifyInput {
  readonly listings: SideListings
  /** See `likenessOf`. */
  readonly isEtagOpaque: boolean
  /** Asks the stores about one object, by destination key, before two ETags that differ are believed. */
  readonly hasOpaqueEtag: (key: string) => Promise<boolean>
  /** When the copy began that is verified: what the source wrote later could not be in it. */
  readonly copyStartedAtMs: number
  readonly progress: Pick<ShownProgress, 'setTotals' | 'setVerified'>
  readonly activity: Pick<RecentActivity, 'add'>
  readonly signal: AbortSignal
}

/** What is not at the destination, for another copy or for the end. */
export interface Incomplete {
  readonly kind: 'incomplete'
  /** The failure to end with when it is not copied again. */
  readonly failure: MigrationFailure
  readonly missingObjects: number
  /** The first of them. */
  readonly missingKeys: readonly string[]
  /** Of the missing: what rclone takes for present, because it can compare the size only. Destination keys. */
  readonly staleKeys: readonly string[]
}

/**
 * The last word on a copy that rclone calls successful: every source object must be at the destination, the
 * same. `completed` carries the exact totals.
 */
export async function verifyCopy(input: VerifyInput): Promise<JobOutcome | Incomplete> {
  const { source, destination } = input.listings
  const end = await readPatiently(() => compareSides(source, destination, judgeWith(input), input.copyStartedAtMs), {
    signal: input.signal,
    onRetry: ({ message }) => input.activity.add('warning', `${message}; trying again`),
  })
  if (end.kind === 'stopped') return stopped
  if (end.kind === 'read') return conclude(end.value, input)
  const { permanent: _permanent, ...failure } = end.failure
  return failed({ ...failure, exitCode: RCLONE_SUCCESS })
}

function judgeWith({ isEtagOpaque, hasOpaqueEtag }: VerifyInput): JudgePair {
  return (source, destination) => {
    if (destination === null) return isFolderMarker(source) ? 'marker-unheld' : 'missing'
    const likeness = likenessOf(source, destination, isEtagOpaque)
    if (likeness === 'other-size') return 'missing'
    if (likeness !== 'other-checksum') return likeness
    return hasOpaqueEtag(source.key).then((isOpaque) => (isOpaque ? likenessByAge(source, destination) : 'missing'))
  }
}

function conclude(found: Comparison, { progress, activity }: VerifyInput): JobOutcome | Incomplete {
  progress.setTotals({ bytes: found.totalBytes, objects: found.totalObjects })
  progress.setVerified({ bytes: found.presentBytes, objects: found.presentObjects })
  tellUnheldMarkers(found, activity)
  if (found.totalObjects === 0 && found.unheldMarkers === 0) {
    return failed(failureOf('source-not-found', 'source', 'the source holds no objects', 3))
  }
  const missingObjects = found.totalObjects - found.presentObjects
  if (missingObjects > 0) {
    const failure = failureOf('objects-missing', 'destination', missingMessage(found, missingObjects), RCLONE_SUCCESS)
    return { kind: 'incomplete', failure, missingObjects, missingKeys: found.missingKeys, staleKeys: found.staleKeys }
  }
  const byChecksum = found.totalObjects - found.bySizeObjects
  activity.add('info', `${count(byChecksum)} verified by checksum, ${found.bySizeObjects} by size`)
  return { kind: 'completed', bytes: found.totalBytes, objects: found.totalObjects }
}

function missingMessage(found: Comparison, missingObjects: number): string {
  const named = found.missingKeys.join(', ')
  const more = missingObjects - found.missingKeys.length
  const changed = found.changedObjects > 0 ? ` (${found.changedObjects} changed during the copy)` : ''
  return `${missingObjects} of ${count(found.totalObjects)} missing or different at the destination${changed}: ${named}${
    more > 0 ? `, and ${more} more` : ''
  }`
}

function tellUnheldMarkers({ unheldMarkers, unheldMarkerKeys }: Comparison, activity: VerifyInput['activity']): void {
  if (unheldMarkers === 0) return
  const markers = unheldMarkers === 1 ? 'folder marker (it carries no data)' : 'folder markers (they carry no data)'
  const more = unheldMarkers - unheldMarkerKeys.length
  const named = unheldMarkerKeys.join(', ') + (more > 0 ? `, and ${more} more` : '')
  activity.add('info', `the destination does not hold ${unheldMarkers} ${markers}: ${named}`)
}

const count = (objects: number): string => `${objects} ${objects === 1 ? 'object' : 'objects'}`

const failureOf = (
  code: MigrationFailure['code'],
  side: MigrationFailure['side'],
  message: string,
  exitCode: number,
): MigrationFailure => ({
  code,
  side,
  message,
  exitCode,
})
