import type { ReportRow } from './report-row.ts'

/**
 * Stored with each chunk. The worker tells the digests of both files before anyone has asked for one, so a file
 * must come out the same, byte for byte, for as long as its chunks are kept. A release that stores or renders
 * rows in another way takes the next number, and keeps the ways of the older ones until their reports are gone.
 */
export const REPORT_VERSION = 1

/** The text of a file in parts: `head`, `rows` of one chunk after another, `tail`. */
export interface ReportRendering {
  readonly head: string
  /** `isFirst`: no rows were rendered before these. */
  readonly rows: (rows: readonly ReportRow[], isFirst: boolean) => string
  readonly tail: string
}
