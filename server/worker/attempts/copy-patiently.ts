import type { MigrationFailure } from '#shared/domain/failure-codes.ts'
import type { CopyRun } from '../copy-run.ts'
import { afterAttempt, type AttemptPolicy, attemptPolicy, noAttempts } from './attempts-rules.ts'
import { pauseAndProbe } from './pause-and-probe.ts'
import { type PatientCopy, runAttempt } from './run-attempt.ts'

export type PatientCopyEnd =
  /** Whatever single objects could not be copied is in `run.failures`. */
  | { readonly kind: 'copied' }
  /** The destination did not get what an ETag promised: the source's ETags are no checksums. */
  | { readonly kind: 'digest-refused' }
  | { readonly kind: 'failed'; readonly failure: MigrationFailure }
  /** By the stop switch. */
  | { readonly kind: 'stopped' }

/**
 * Copies by as many runs of rclone as it takes and is worth it (`attemptPolicy`); what is there is skipped. While an
 * end does not answer it waits, visibly, and asks from time to time. A stop of the job ends it within a second or two.
 */
export async function copyPatiently(
  run: CopyRun,
  plan: PatientCopy,
  policy: AttemptPolicy = attemptPolicy,
): Promise<PatientCopyEnd> {
  const { progress, stopSwitch } = run
  for (let state = noAttempts; ; ) {
    const { end, totals } = await runAttempt(run, plan, policy)
    const wholeObjects = { bytes: totals.copiedBytes, objects: totals.copiedObjects }
    if (end.kind === 'digest-refused') return end
    if (end.kind !== 'stopped') {
      const ended = { end, hasMoved: totals.copiedObjects > 0, atMs: Date.now() }
      const decision = await pauseAndProbe(run, policy, afterAttempt(state, ended, policy))
      state = decision.state
      const { step } = decision
      if (step.kind === 'copied') return step
      if (step.kind === 'failed') {
        progress.setStopped(wholeObjects)
        const { permanent: _permanent, ...failure } = step.failure
        return { kind: 'failed', failure }
      }
    }
    if (stopSwitch.reason() !== null) {
      progress.setStopped(wholeObjects)
      return { kind: 'stopped' }
    }
    progress.setTransferred({ ...wholeObjects, bytesPerSecond: 0 })
    progress.beginAnotherCopy()
  }
}
