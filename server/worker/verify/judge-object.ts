import type { Comparison, ExistingPolicy, ObjectOutcome, ObjectReason } from '#shared/domain/object-outcome.ts'
import { MAX_KEY_BYTES, utf8Length } from '#shared/domain/units.ts'
import { isFolderMarker } from '../inventory/likeness-rules.ts'
import type { ListedPair } from '../inventory/pair-listings.ts'
import type { ObjectFailure } from '../object-failures.ts'
import type { PairFinding } from './compare-pair.ts'

export interface ObjectFacts {
  readonly pair: ListedPair
  readonly finding: PairFinding
  /** The destination's object was written by this migration. */
  readonly isOurs: boolean
  /** The source was written after the copy began that is verified. */
  readonly isWrittenSince: boolean
  readonly failure: ObjectFailure | null
  readonly existing: ExistingPolicy
}

export interface ObjectJudgement {
  readonly outcome: ObjectOutcome
  readonly comparison: Comparison | null
  readonly reason: ObjectReason | null
  readonly detail: string
  /** An exception that another copy may mend. */
  readonly isMendable: boolean
}

/** What another copy will meet again. */
const lastingReasons: readonly ObjectReason[] = [
  'archived-object',
  'access-denied',
  'different-kept',
  'key-too-long',
  'object-too-large',
  'key-refused',
  'quota-exceeded',
]

const outcomesOfReasons: Partial<Record<ObjectReason, ObjectOutcome>> = {
  'archived-object': 'archived',
  'different-kept': 'kept-different',
  'changed-during-copy': 'changed',
}

/** What became of one source object. The first reason that holds is the one a person can act on. */
export function judgeObject(facts: ObjectFacts): ObjectJudgement {
  const { pair, finding, failure } = facts
  const isProven = finding.kind === 'same' && (finding.comparison !== 'size' || pair.source.size === 0)
  // Of an object replaced by one of equal size while it was read, the older version may have arrived.
  if (finding.kind === 'same' && (isProven || !(facts.isOurs && facts.isWrittenSince))) {
    return fine(facts.isOurs ? 'copied' : 'already-there', finding.comparison)
  }
  if (finding.kind === 'absent' && isFolderMarker(pair.source)) {
    return fine('marker-not-held', null, failure?.detail)
  }
  const isKept = facts.existing === 'never-overwrite' && pair.destination !== null
  if (isKept && !facts.isOurs) return exception('different-kept')
  if (pair.source.isArchived) return exception('archived-object', failure?.detail)
  if (finding.kind === 'absent' && utf8Length(pair.source.key) > MAX_KEY_BYTES) return exception('key-too-long')
  if (failure !== null && lastingReasons.includes(failure.reason)) return exception(failure.reason, failure.detail)
  if (facts.isWrittenSince || finding.kind === 'stale' || finding.kind === 'same') {
    return exception('changed-during-copy', failure?.detail, !isKept)
  }
  if (failure !== null) return exception(failure.reason, failure.detail, !isKept)
  return { outcome: 'missing', comparison: null, reason: 'unknown', detail: '', isMendable: !isKept }
}

const fine = (outcome: ObjectOutcome, comparison: Comparison | null, detail = ''): ObjectJudgement => ({
  outcome,
  comparison,
  reason: null,
  detail,
  isMendable: false,
})

const exception = (reason: ObjectReason, detail = '', isMendable = false): ObjectJudgement => ({
  outcome: outcomesOfReasons[reason] ?? 'failed',
  comparison: null,
  reason,
  detail,
  isMendable,
})
