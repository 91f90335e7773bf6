import type { CopyRun } from '../copy-run.ts'
import { pause } from '../pause.ts'
import { afterProbe, type AttemptPolicy, type Decision } from './attempts-rules.ts'
import { probeEnd, type ProbedRun } from './probe-end.ts'
import { createVisibleWait } from './wait-visibly.ts'

/** Pauses and asks, as the rules say, until there is something else to do or the job is stopped. */
export async function pauseAndProbe(
  run: ProbedRun & Pick<CopyRun, 'activity' | 'progress'>,
  policy: AttemptPolicy,
  first: Decision,
  probe: typeof probeEnd = probeEnd,
): Promise<Decision> {
  const { signal } = run.stopSwitch
  const wait = createVisibleWait(run, policy)
  let decision = first
  while (decision.step.kind === 'probe' && !signal.aborted) {
    const { afterMs, failure: reason, isSilent } = decision.step
    if (isSilent) await wait.until(afterMs, reason)
    else await pause(afterMs, signal)
    const failure = await probe(run, reason.side, policy.probeTimeoutMs)
    decision = afterProbe(decision.state, { failure, atMs: Date.now() }, policy)
  }
  wait.end(decision.step.kind === 'attempt' && !signal.aborted)
  return decision
}
