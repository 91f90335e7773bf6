import type { HeldJob } from '../stores/held-job.ts'
import type { StopSwitch } from './stop-switch.ts'

/** How long a renewal may fail before the job is stopped here: well before the lease ends for the others. */
const SAFE_PART_OF_TTL = 0.8

export interface JobLease {
  /** Renews now, e.g. to learn why a move was refused. */
  readonly check: () => Promise<void>
  /** Stops renewing; what the row says stays. */
  readonly end: () => void
}

/**
 * Keeps this worker's claim alive and turns what a renewal says into a stop: the lease is gone, or the row is
 * `cancelling` (in case the notification was lost). It also stops the job when the database has not answered
 * for so long that another worker may soon take it: two workers must never run one job.
 */
export function keepLease(ports: {
  readonly held: Pick<HeldJob, 'renew'>
  readonly leaseTtlMs: number
  readonly stopSwitch: StopSwitch
  readonly onError: (error: unknown) => void
}): JobLease {
  const { held, leaseTtlMs, stopSwitch } = ports
  const safeMs = leaseTtlMs * SAFE_PART_OF_TTL
  const loseLease = (): void => stopSwitch.stop('lease-lost')
  // The claim was answered a moment ago; what was lost since is within the margin.
  let deadline = setTimeout(loseLease, safeMs)
  let hasEnded = false

  async function renew(): Promise<void> {
    // From before the question: the row's own time starts later, so ours ends first.
    const askedAt = Date.now()
    const state = await held.renew(leaseTtlMs)
    if (hasEnded) return
    if (state === null) loseLease()
    if (state === 'cancelling') stopSwitch.stop('cancelled')
    clearTimeout(deadline)
    deadline = setTimeout(loseLease, askedAt + safeMs - Date.now())
  }
  /** Whether the database answered. */
  const tryToRenew = (): Promise<boolean> =>
    renew().then(
      () => true,
      (error: unknown) => {
        ports.onError(error)
        return false
      },
    )
  let next: NodeJS.Timeout | undefined
  const renewAfter = (ms: number): void => {
    next = setTimeout(() => {
      void tryToRenew().then((hasAnswered) => {
        if (!hasEnded) renewAfter(hasAnswered ? leaseTtlMs / 3 : leaseTtlMs / 15)
      })
    }, ms)
  }
  renewAfter(leaseTtlMs / 3)
  return {
    check: async () => void (await tryToRenew()),
    end() {
      hasEnded = true
      clearTimeout(next)
      clearTimeout(deadline)
    },
  }
}
