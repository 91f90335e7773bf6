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
  /** The source was written after the copy of this object began. */
  readonly isWrittenSince: boolean
  /** Noted for this object. */
  readonly failure: ObjectFailure | null
  /** Why it failed, if nothing else tells. */
  readonly presumedFailure: ObjectFailure | null
  readonly existing: ExistingPolicy
}

export interface ObjectJudgement {
  readonly outcome: ObjectOutcome
  readonly comparison: Comparison | null
  readonly reason: ObjectReason | null
  readonly detail: string
  /** What another copy may mend. */
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
  const isDoubtful = failure !== null || (facts.isOurs && facts.isWrittenSince)
  if (finding.kind === 'same' && (isProven || !isDoubtful)) {
    return fine(facts.isOurs ? 'copied' : 'already-there', finding.comparison)
  }
  if (finding.kind === 'absent' && isFolderMarker(pair.source)) {
    return { ...fine('marker-not-held', null, failure?.detail), isMendable: isMarkerMendable(facts) }
  }
  const isKept = facts.existing === 'never-overwrite' && pair.destination !== null
  if (isKept && !facts.isOurs && finding.kind !== 'same') return exception('different-kept')
  if (pair.source.isArchived) return exception('archived-object', failure?.detail)
  if (finding.kind === 'absent' && utf8Length(pair.source.key) > MAX_KEY_BYTES) return exception('key-too-long')
  if (failure !== null && lastingReasons.includes(failure.reason)) return exception(failure.reason, failure.detail)
  if (facts.isWrittenSince || finding.kind === 'stale') {
    return exception('changed-during-copy', failure?.detail, !isKept)
  }
  const explained = failure ?? facts.presumedFailure
  if (explained !== null) return exception(explained.reason, explained.detail, !isKept)
  const unexplained = exception('unknown', '', !isKept)
  return finding.kind === 'absent' ? { ...unexplained, outcome: 'missing' } : unexplained
}

/** A store that took the marker and does not hold it, or has refused it for good, is not asked again. */
function isMarkerMendable({ pair, isOurs, failure }: ObjectFacts): boolean {
  return !isOurs && !pair.source.isArchived && (failure === null || !lastingReasons.includes(failure.reason))
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
