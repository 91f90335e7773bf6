import type { FailureCode, MigrationFailure } from '#shared/domain/failure-codes.ts'
import type { OutcomePhase } from './migration-presenter.ts'

/** What the source would say of the same key and the same place again, so that only other ones help. */
const needsAnotherSource: readonly FailureCode[] = [
  'invalid-access-key',
  'signature-mismatch',
  'region-mismatch',
  'bucket-not-found',
  'source-not-found',
]

/** Whether copying what failed is the next step to offer; else it is another migration. */
export function isRetryNextStep(outcome: OutcomePhase, failure: Pick<MigrationFailure, 'code' | 'side'> | null): boolean {
  if (outcome === 'completed-with-exceptions') return true
  if (outcome !== 'failed') return false
  return failure === null || failure.side !== 'source' || !needsAnotherSource.includes(failure.code)
}
