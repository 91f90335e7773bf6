import type { MigrationFailure } from '#shared/domain/failure-codes.ts'
import { type ExistingPolicy, objectReasons } from '#shared/domain/object-outcome.ts'
import type { CopiedKeys } from '../accounting/copied-keys.ts'
import type { ListedPair } from '../inventory/pair-listings.ts'
import type { ObjectFailure, ObjectFailures } from '../object-failures.ts'
import type { ObjectFacts } from './judge-object.ts'
import type { StoreClock } from './store-clock.ts'

/** What a job knows of its copies, besides what the stores tell. */
export interface CopyMemory {
  readonly existing: ExistingPolicy
  /** By this machine's clock. */
  readonly migrationStartedAtMs: number
  readonly secondCopy: SecondCopy | null
  readonly clocks: { readonly source: StoreClock; readonly destination: StoreClock }
  readonly copiedKeys: CopiedKeys
  readonly failures: ObjectFailures
  /** Why the copy ended before it came to all objects. */
  readonly wholeFailure: ObjectFailure | null
}

export interface SecondCopy {
  readonly startedAtMs: number
  /** What it has really copied once more. */
  readonly copiedKeys: CopiedKeys
}

/** Of more failures than are kept, this one's reason. */
const notKept: ObjectFailure = { reason: 'unknown', detail: '' }

/** The same for a copy that ended early: of the objects that nothing else was noted for. */
export function reasonOfWhole({ code, message }: MigrationFailure): ObjectFailure {
  return { reason: objectReasons.find((reason) => reason === code) ?? 'copy-failed', detail: message }
}

/** The facts about one object that a judgement needs besides the comparison. */
export function recallObject(
  memory: CopyMemory,
  { source, destination }: ListedPair,
  sourceKey: string,
): Omit<ObjectFacts, 'pair' | 'finding'> {
  const { clocks, existing, failures, migrationStartedAtMs, secondCopy } = memory
  // The rest is as the first copy has left it.
  const copyStartedAtMs = secondCopy?.copiedKeys.has(sourceKey) === true ? secondCopy.startedAtMs : migrationStartedAtMs
  return {
    existing,
    // The date speaks for copies of an earlier worker, and where the keys were too many to remember.
    isOurs:
      (destination !== null &&
        isSince(destination.lastModifiedMs, migrationStartedAtMs + clocks.destination.offsetMs())) ||
      memory.copiedKeys.has(sourceKey),
    isWrittenSince: isSince(source.lastModifiedMs, copyStartedAtMs + clocks.source.offsetMs()),
    failure: failures.find(sourceKey),
    presumedFailure: memory.wholeFailure ?? (failures.isFull() ? notKept : null),
  }
}

/** Whole seconds: many stores tell no more. */
const isSince = (ms: number, sinceMs: number): boolean => Math.floor(ms / 1000) >= Math.floor(sinceMs / 1000)
