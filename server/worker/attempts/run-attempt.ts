import { assertNever } from '#shared/domain/assert-never.ts'
import type { CopyRun } from '../copy-run.ts'
import type { CopyTotals } from '../rclone/rclone-copy-job.ts'
import type { CopyFailure } from '../rclone/rclone-failure-rules.ts'
import { runRclone } from '../run-rclone.ts'
import type { AttemptEnd, AttemptPolicy } from './attempts-rules.ts'
import { probeEnd } from './probe-end.ts'

export interface PatientCopy {
  /** Of the source, see `likenessOf`. */
  readonly isEtagOpaque: boolean
  /** See `CopyPlan`. */
  readonly forcedPathsFile?: string
}

export type RunEnd = AttemptEnd | { readonly kind: 'digest-refused' } | { readonly kind: 'stopped' }

/** One run of rclone, which is ended when it stands still and an end does not answer. */
export async function runAttempt(
  run: CopyRun,
  plan: PatientCopy,
  policy: AttemptPolicy,
): Promise<{ readonly end: RunEnd; readonly totals: CopyTotals }> {
  const { signal } = run.stopSwitch
  const givenUp: AttemptEnd[] = []
  const giveUp = (end: Extract<AttemptEnd, { kind: 'silent' | 'stuck' }>): CopyFailure => {
    givenUp.push(end)
    return end.failure
  }
  let isStallTold = false
  const { outcome, isDigestRefused } = await runRclone(run, {
    ...plan,
    stallAfterMs: policy.stallAfterMs,
    async onStalled({ silentForMs }) {
      const failure = await probeEnd(run, 'worker', policy.probeTimeoutMs)
      if (failure !== null) return giveUp({ kind: 'silent', failure })
      if (silentForMs >= policy.stuckAfterMs) return giveUp({ kind: 'stuck', failure: stuck(silentForMs) })
      if (!isStallTold) run.activity.add('warning', 'nothing moves, though both ends answer; still trying')
      isStallTold = true
      return null
    },
  })
  const endOf = (): RunEnd => {
    switch (outcome.kind) {
      case 'succeeded':
        return { kind: 'done' }
      case 'cancelled':
        return { kind: 'stopped' }
      case 'failed': {
        const { failure, isWhole, failedObjects, mayPass } = outcome
        if (isDigestRefused && !plan.isEtagOpaque) return { kind: 'digest-refused' }
        const extent = isWhole ? { isWhole } : { isWhole, failedObjects }
        return givenUp[0] ?? { kind: 'errors', failure, mayPass, ...extent }
      }
      default:
        return assertNever(outcome)
    }
  }
  return { end: signal.aborted ? { kind: 'stopped' } : endOf(), totals: outcome }
}

const stuck = (forMs: number): CopyFailure => ({
  code: 'copy-failed',
  side: 'worker',
  permanent: false,
  exitCode: 1,
  message: `nothing has moved for ${String(Math.round(forMs / 1_000))} s, though both ends answer`,
})
