import type { Comparison, ObjectOutcome, ObjectReason } from '#shared/domain/object-outcome.ts'

/** B3: what became of one source object. One row of the report. */
export interface ReportRow {
  /** In the source bucket. */
  readonly key: string
  readonly destinationKey: string
  readonly bytes: number
  readonly outcome: ObjectOutcome
  /** Null where nothing was found to compare with. */
  readonly comparison: Comparison | null
  /** With exceptions. */
  readonly reason: ObjectReason | null
  /** The store's or rclone's words, redacted; empty when there are none. */
  readonly detail: string
}
