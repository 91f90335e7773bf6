import type { MigrationFailure } from '#shared/domain/failure-codes.ts'
import { type Comparison, compareSides } from '../inventory/compare-sides.ts'
import { ListingFailedError, type SideListings } from '../inventory/side-listings.ts'
import { failed, type JobOutcome, stopped } from '../job-ports.ts'
import { pause } from '../pause.ts'
import type { RecentActivity } from '../recent-activity.ts'
import type { ShownProgress } from '../shown-progress.ts'

const MAX_TRIES = 3
const PAUSE_MS = 2_000
/** What rclone said before: all is well. */
const RCLONE_SUCCESS = 0

export interface VerifyInput {
  readonly listings: SideListings
  readonly progress: Pick<ShownProgress, 'setTotals' | 'setVerified'>
  readonly activity: Pick<RecentActivity, 'add'>
  readonly signal: AbortSignal
}

/**
 * The last word on a copy that rclone calls successful: every source object must be at the destination, the
 * same. `completed` carries the exact totals; keys that rclone passes over in silence are named in the failure.
 */
export async function verifyCopy(input: VerifyInput): Promise<JobOutcome> {
  for (let tries = 1; ; tries += 1) {
    try {
      return judge(await compareSides(input.listings.source, input.listings.destination), input)
    } catch (error) {
      if (!(error instanceof ListingFailedError)) throw error
      if (input.signal.aborted) return stopped
      const { permanent, ...failure } = error.failure
      if (permanent || tries === MAX_TRIES) return failed({ ...failure, exitCode: RCLONE_SUCCESS })
      input.activity.add('warning', `${failure.message}; trying again`)
      await pause(PAUSE_MS * tries, input.signal)
    }
  }
}

function judge(found: Comparison, { progress, activity }: VerifyInput): JobOutcome {
  progress.setTotals({ bytes: found.totalBytes, objects: found.totalObjects })
  progress.setVerified({ bytes: found.presentBytes, objects: found.presentObjects })
  if (found.totalObjects === 0) {
    return failed(failureOf('source-not-found', 'source', 'the source holds no objects', 3))
  }
  const missing = found.totalObjects - found.presentObjects
  if (missing === 0) {
    activity.add('info', `verified: ${count(found.totalObjects)} at the destination`)
    return { kind: 'completed', bytes: found.totalBytes, objects: found.totalObjects }
  }
  for (const key of found.missingKeys) activity.add('error', `missing or different at the destination: ${key}`)
  const more = missing > found.missingKeys.length ? `, and ${missing - found.missingKeys.length} more` : ''
  const message = `${missing} of ${count(found.totalObjects)} missing or different at the destination: ${found.missingKeys.join(', ')}${more}`
  return failed(failureOf('objects-missing', 'destination', message, RCLONE_SUCCESS))
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
