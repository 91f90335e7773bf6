import { LISTED_EXCEPTIONS } from '#shared/contract/endpoints.ts'
import type { ObjectException, ReportFacts, Verification } from '#shared/contract/schemas.ts'
import { sumCounts } from '#shared/domain/count-rules.ts'

/** The account of all source objects with which a migration ends. */
export interface Settlement {
  readonly verification: Verification
  readonly report: ReportFacts
  /** At most `LISTED_EXCEPTIONS`. */
  readonly firstExceptions: readonly ObjectException[]
}

export function countExceptions({ exceptions }: Pick<Verification, 'exceptions'>): number {
  return sumCounts(...Object.values(exceptions).map(({ objects }) => objects))
}

/** Assignments of what a settlement says, with the values of `settledValues` from $4 on. */
export const SETTLED = `verification = $4, report = $5, copied_bytes = $6, copied_objects = $7,
  total_bytes = $8, total_objects = $9`
/** Beside the change of the row, whose id is `changed.id`. */
export const LIST_EXCEPTIONS = `,
  listed AS (INSERT INTO migration_exceptions (migration_id, listed) SELECT id, $10::json FROM changed)`

/** Only what is the same at the destination counts as copied; a marker that is not held there carries nothing. */
export function settledValues({ verification, report, firstExceptions }: Settlement): readonly unknown[] {
  const { copied, alreadyThere, markersNotHeld, exceptions } = verification
  const objects = sumCounts(copied.objects, alreadyThere.objects, markersNotHeld)
  const bytes = sumCounts(copied.bytes, alreadyThere.bytes)
  return [
    JSON.stringify(verification, (_name, value: unknown) => (typeof value === 'number' ? sumCounts(value) : value)),
    JSON.stringify(report),
    bytes,
    objects,
    sumCounts(bytes, ...Object.values(exceptions).map((amount) => amount.bytes)),
    sumCounts(objects, countExceptions(verification)),
    JSON.stringify(firstExceptions.slice(0, LISTED_EXCEPTIONS)),
  ]
}
