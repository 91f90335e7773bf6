import fc from 'fast-check'
import { comparisons, objectOutcomes, objectReasons } from '#shared/domain/object-outcome.ts'
import type { ReportRow } from '../../../../server/report/report-row.ts'

export function rowOf(change: Partial<ReportRow> = {}): ReportRow {
  return {
    key: 'photos/1.jpg',
    destinationKey: 'archive/photos/1.jpg',
    bytes: 7,
    outcome: 'copied',
    comparison: 'etag',
    reason: null,
    detail: '',
    ...change,
  }
}

// What CSV, JSON, gzip and spreadsheets could stumble over, beside any text at all.
const awkward = fc.constantFrom(
  ...['"', '""', ',', '\r\n', '\n', '\r', '\t', ' ', "'", '=', '+', '-', '@', '＝', '\u0000', '\ufeff', '\u2028'],
)
export const anyText = fc
  .array(fc.oneof(awkward, fc.string({ unit: 'grapheme', maxLength: 8 })), { maxLength: 12 })
  .map((parts) => parts.join(''))

export const anyRow: fc.Arbitrary<ReportRow> = fc.record({
  key: anyText,
  destinationKey: anyText,
  bytes: fc.maxSafeNat(),
  outcome: fc.constantFrom(...objectOutcomes),
  comparison: fc.option(fc.constantFrom(...comparisons)),
  reason: fc.option(fc.constantFrom(...objectReasons)),
  detail: anyText,
})
