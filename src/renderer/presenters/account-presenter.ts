import type { Verification } from '#shared/contract/schemas.ts'
import { exceptionOutcomes } from '#shared/domain/object-outcome.ts'

export interface Amount {
  readonly objects: number
  readonly bytes: number
}

/** B3: the account in the two heaps that matter. `across` and `notAcross` are together every object with data. */
export interface Account {
  readonly across: Amount
  readonly notAcross: Amount
}

export function accountOf({ copied, alreadyThere, exceptions }: Verification): Account {
  return {
    across: sum([copied, alreadyThere]),
    notAcross: sum(exceptionOutcomes.map((outcome) => exceptions[outcome])),
  }
}

function sum(amounts: readonly Amount[]): Amount {
  return {
    objects: amounts.reduce((total, { objects }) => total + objects, 0),
    bytes: amounts.reduce((total, { bytes }) => total + bytes, 0),
  }
}

/**
 * May the source be deleted?
 * - `yes`: every object was compared by checksum.
 * - `sizes-only`: all there, but some could be compared by size only, which is no proof.
 * - `no`: some exist only at the source, or are another version there.
 */
export type DeleteVerdict =
  | { readonly kind: 'yes' }
  | { readonly kind: 'sizes-only'; readonly bySizeObjects: number; readonly byChecksumObjects: number }
  | { readonly kind: 'no'; readonly onlyAtSource: number; readonly differing: number }

export function deleteVerdict(verification: Verification): DeleteVerdict {
  const { exceptions, bySizeObjects, byChecksumObjects } = verification
  const differing = exceptions.changed.objects + exceptions['kept-different'].objects
  const onlyAtSource = accountOf(verification).notAcross.objects - differing
  if (onlyAtSource + differing > 0) return { kind: 'no', onlyAtSource, differing }
  if (bySizeObjects > 0) return { kind: 'sizes-only', bySizeObjects, byChecksumObjects }
  return { kind: 'yes' }
}
