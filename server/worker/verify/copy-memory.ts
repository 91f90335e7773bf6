import type { ExistingPolicy } from '#shared/domain/object-outcome.ts'
import type { CopiedKeys } from '../accounting/copied-keys.ts'
import type { ListedPair } from '../inventory/pair-listings.ts'
import type { ObjectFailure, ObjectFailures } from '../object-failures.ts'
import type { ObjectFacts } from './judge-object.ts'
import type { StoreClock } from './store-clock.ts'

/** What a job knows of its copies, besides what the stores tell. */
export interface CopyMemory {
  readonly existing: ExistingPolicy
  /** Moments by this machine's clock. */
  readonly migrationStartedAtMs: number
  /** The copy that is verified. */
  readonly copyStartedAtMs: number
  readonly clocks: { readonly source: StoreClock; readonly destination: StoreClock }
  readonly copiedKeys: CopiedKeys
  readonly failures: ObjectFailures
}

/** Of more failures than are kept, this one's reason. */
const notKept: ObjectFailure = { reason: 'unknown', detail: '' }

/** The facts about one object that a judgement needs besides the comparison. */
export function recallObject(
  memory: CopyMemory,
  { source, destination }: ListedPair,
  sourceKey: string,
): Omit<ObjectFacts, 'pair' | 'finding'> {
  const { clocks, existing } = memory
  return {
    existing,
    // The date speaks for copies of an earlier worker, and where the keys were too many to remember.
    isOurs:
      (destination !== null &&
        isSince(destination.lastModifiedMs, memory.migrationStartedAtMs + clocks.destination.offsetMs())) ||
      memory.copiedKeys.has(sourceKey),
    isWrittenSince: isSince(source.lastModifiedMs, memory.copyStartedAtMs + clocks.source.offsetMs()),
    failure: memory.failures.find(sourceKey) ?? (memory.failures.isFull() ? notKept : null),
  }
}

/** Whole seconds: many stores tell no more. */
const isSince = (ms: number, sinceMs: number): boolean => Math.floor(ms / 1000) >= Math.floor(sinceMs / 1000)
