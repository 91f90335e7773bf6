import type { MigrationView } from '#shared/contract/schemas.ts'
import type { FailureCode } from '#shared/domain/failure-codes.ts'
import { isOnlyKept } from './account-presenter.ts'
import type { OutcomePhase } from './migration-presenter.ts'

/** What the source would say of the same key and the same place again, so that only other ones help. */
const needsAnotherSource: readonly FailureCode[] = [
  'invalid-access-key',
  'signature-mismatch',
  'region-mismatch',
  'bucket-not-found',
  'source-not-found',
]

export interface NextStep {
  /** `copy-failed`: something did not make it that another run may bring. */
  readonly again: 'copy-failed' | 'run-again'
  /** Running again comes first; else another migration does. */
  readonly isAgainFirst: boolean
}

/** What is offered after an end. */
export function nextStep(outcome: OutcomePhase, { failure, verification }: EndFacts): NextStep {
  const hasFailed = outcome === 'completed-with-exceptions' || outcome === 'failed'
  // What was to be left as it is would be left once more.
  if (!hasFailed || (verification !== null && isOnlyKept(verification))) return { again: 'run-again', isAgainFirst: false }
  return { again: 'copy-failed', isAgainFirst: failure === null || !isSourceGone(failure) }
}

type EndFacts = Pick<MigrationView, 'failure' | 'verification'>

function isSourceGone({ code, side }: NonNullable<EndFacts['failure']>): boolean {
  return side === 'source' && needsAnotherSource.includes(code)
}
