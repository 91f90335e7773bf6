import type { MigrationView } from '#shared/contract/schemas.ts'
import { exceptionOutcomes } from '#shared/domain/object-outcome.ts'

/** Of the files that are not, or not the same, at the destination (B3). */
export interface ExceptionCounts {
  readonly notCopied: number
  /** They are there, but perhaps as they were before somebody wrote to them. */
  readonly changed: number
}

export function countExceptions({ verification }: Pick<MigrationView, 'verification'>): ExceptionCounts {
  if (verification === null) return { notCopied: 0, changed: 0 }
  const { exceptions } = verification
  const all = exceptionOutcomes.reduce((sum, outcome) => sum + exceptions[outcome].objects, 0)
  const changed = exceptions.changed.objects
  return { notCopied: all - changed, changed }
}
