import { REPORT_VERSION, type ReportRendering } from './report-rendering.ts'
import type { ReportRow } from './report-row.ts'

/** The report as one JSON document, one row a line: exact for every key, lone surrogates and U+0000 included. */
export const jsonReport: ReportRendering = {
  head: `{"format":"carolina-migrate-report","version":${String(REPORT_VERSION)},"rows":[`,
  rows: (rows, isFirst) => rows.map((row, index) => `${isFirst && index === 0 ? '\n' : ',\n'}${toJson(row)}`).join(''),
  tail: '\n]}\n',
}

function toJson(row: ReportRow): string {
  return JSON.stringify({
    sourceKey: row.key,
    destinationKey: row.destinationKey,
    sizeBytes: row.bytes,
    outcome: row.outcome,
    comparedBy: row.comparison,
    reason: row.reason,
    detail: row.detail,
  })
}
