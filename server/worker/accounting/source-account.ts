import { LISTED_EXCEPTIONS } from '#shared/contract/endpoints.ts'
import type { ObjectException, Verification } from '#shared/contract/schemas.ts'
import { isException, type ObjectReason } from '#shared/domain/object-outcome.ts'
import type { ReportRow } from '../../report/report-row.ts'
import type { Amount } from '../progress/shown-progress.ts'

/** Exceptions of one reason. */
export interface ReasonCount {
  readonly reason: ObjectReason
  readonly objects: number
  /** The first of them, at most `MAX_NAMED_KEYS`. */
  readonly firstKeys: readonly string[]
}

/** Adds up the report's rows as they come; each source object is in exactly one of the counts. */
export interface SourceAccount {
  readonly add: (row: ReportRow) => void
  /** Objects that were counted, and that the source does not list any more: missing, and without names. */
  readonly addUnlisted: (amount: Amount) => void
  readonly total: () => Amount
  /** Copied or already there. */
  readonly across: () => Amount
  /** Across, and the folder markers that the destination does not hold: of those there is nothing to wait for. */
  readonly done: () => Amount
  readonly verification: () => Verification
  readonly firstExceptions: () => readonly ObjectException[]
  /** Commonest first. */
  readonly reasons: () => readonly ReasonCount[]
  readonly firstMarkersNotHeld: () => readonly string[]
}

const MAX_NAMED_KEYS = 3

export function createSourceAccount(): SourceAccount {
  const none = (): Sum => ({ objects: 0, bytes: 0 })
  const sums = {
    copied: none(),
    'already-there': none(),
    'marker-not-held': none(),
    changed: none(),
    archived: none(),
    'kept-different': none(),
    failed: none(),
    missing: none(),
  }
  let byChecksumObjects = 0
  let bySizeObjects = 0
  const firstExceptions: ObjectException[] = []
  const reasons = new Map<ObjectReason, { objects: number; firstKeys: string[] }>()
  const firstMarkersNotHeld: string[] = []

  const count = (reason: ObjectReason): { objects: number; firstKeys: string[] } => {
    const counted = reasons.get(reason) ?? { objects: 0, firstKeys: [] }
    reasons.set(reason, counted)
    return counted
  }
  const addException = (exception: ObjectException): void => {
    if (firstExceptions.length < LISTED_EXCEPTIONS) firstExceptions.push(exception)
    const counted = count(exception.reason)
    counted.objects += 1
    if (counted.firstKeys.length < MAX_NAMED_KEYS) counted.firstKeys.push(exception.key)
  }
  const across = (): Amount => plus(sums.copied, sums['already-there'])
  const { copied, 'already-there': alreadyThere, 'marker-not-held': markersNotHeld, ...exceptions } = sums
  const done = (): Amount => plus(across(), markersNotHeld)
  return {
    add({ key, bytes, outcome, comparison, reason, detail }) {
      sums[outcome].objects += 1
      sums[outcome].bytes += bytes
      if (isException(outcome)) {
        addException({ key, bytes, outcome, reason: reason ?? 'unknown', detail })
      } else if (outcome === 'marker-not-held') {
        if (firstMarkersNotHeld.length < MAX_NAMED_KEYS) firstMarkersNotHeld.push(key)
      } else if (comparison === 'size') {
        bySizeObjects += 1
      } else {
        byChecksumObjects += 1
      }
    },
    addUnlisted({ objects, bytes }) {
      sums.missing.objects += objects
      sums.missing.bytes += bytes
      count('source-not-found').objects += objects
    },
    total: () => Object.values(exceptions).reduce(plus, done()),
    across,
    done,
    verification: () =>
      structuredClone({
        copied,
        alreadyThere,
        byChecksumObjects,
        bySizeObjects,
        markersNotHeld: markersNotHeld.objects,
        exceptions,
      }),
    firstExceptions: () => firstExceptions,
    reasons: () =>
      [...reasons].map(([reason, counted]) => ({ reason, ...counted })).sort((a, b) => b.objects - a.objects),
    firstMarkersNotHeld: () => firstMarkersNotHeld,
  }
}

interface Sum {
  objects: number
  bytes: number
}

const plus = (a: Amount, b: Amount): Amount => ({ objects: a.objects + b.objects, bytes: a.bytes + b.bytes })
