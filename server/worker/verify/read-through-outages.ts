import { afterAttempt, type AttemptEnd, type AttemptPolicy, type Decision, noAttempts } from '../attempts/attempts-rules.ts'
import { ListingUnusableError } from '../inventory/object-listing.ts'
import { ListingFailedError } from '../inventory/side-listings.ts'
import { failed, type FailedJob, type StoppedJob, stopped } from '../job-ports.ts'
import type { RecentActivity } from '../recent-activity.ts'
import type { WatchedListings } from './watched-listings.ts'

/** rclone has said before that all is well, as far as it can be. */
const RCLONE_SUCCESS = 0

export type ReadEnd<T> = { readonly kind: 'read'; readonly value: T } | FailedJob | StoppedJob

export interface OutagePorts {
  /** Waits as decided; returns when there is something else to do, or the signal has aborted. */
  readonly pauseAndProbe: (first: Decision) => Promise<Decision>
  readonly policy: AttemptPolicy
  readonly listings: Pick<WatchedListings, 'walked' | 'hasListed'>
  readonly activity: Pick<RecentActivity, 'add'>
  readonly signal: AbortSignal
}

/**
 * Reads listings as patiently as a copy is made: an outage is waited for, visibly; other passing troubles are met by
 * two more tries. A copy that has succeeded must not end by what happens to a store afterwards. Each try begins anew.
 */
export async function readThroughOutages<T>(ports: OutagePorts, read: () => Promise<T>): Promise<ReadEnd<T>> {
  const { listings, policy } = ports
  const isStopped = (): boolean => ports.signal.aborted
  let walkedLastTime = 0
  for (let state = noAttempts; ; ) {
    const walkedBefore = listings.walked()
    try {
      return { kind: 'read', value: await read() }
    } catch (error) {
      if (!(error instanceof ListingFailedError)) throw error
      if (isStopped()) return stopped
      const walked = listings.walked() - walkedBefore
      // What breaks at the very same object again is no passing trouble.
      const hasMoved = walked > 0 && walked !== walkedLastTime
      walkedLastTime = walked
      const failure = { ...error.failure, exitCode: RCLONE_SUCCESS, permanent: isPermanent(error, ports) }
      const end: AttemptEnd = { kind: 'errors', failure, isWhole: true, mayPass: !failure.permanent }
      const first = afterAttempt(state, { end, hasMoved, atMs: Date.now() }, policy)
      if (first.step.kind === 'probe' && !first.step.isSilent) {
        ports.activity.add('warning', `${failure.message}; trying again`)
      }
      const decision = await ports.pauseAndProbe(first)
      if (isStopped()) return stopped
      if (decision.step.kind === 'failed') {
        const { permanent: _permanent, ...reason } = decision.step.failure
        return failed(reason)
      }
      state = decision.state
    }
  }
}

/** A page that says "back soon" with status 200, from what has been a store: it will be one again. */
function isPermanent({ failure, cause }: ListingFailedError, { listings }: OutagePorts): boolean {
  const isStore = failure.side !== 'worker' && listings.hasListed(failure.side)
  return failure.permanent && !(cause instanceof ListingUnusableError && isStore)
}
