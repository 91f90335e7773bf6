import type { ReportRendering } from './report-rendering.ts'
import type { ReportRow } from './report-row.ts'

// A spreadsheet takes a file without it for the system's old code page and shows every key that is not ASCII
// as another one. Readers of CSV in programs drop it, or are told to ("utf-8-sig"); it touches no key.
const BYTE_ORDER_MARK = '\ufeff'
const HEADER = 'source_key,destination_key,size_bytes,outcome,compared_by,reason,detail'
const LINE_END = '\r\n'

// The signs also in the full width that some spreadsheets take for the same.
const LOOKS_LIKE_FORMULA = /^[\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/

/**
 * The report as CSV: RFC 4180, UTF-8 with a byte order mark.
 *
 * A key is whatever anybody could upload, and a spreadsheet runs a cell that begins with `=`, `+`, `-` or `@`.
 * Such a cell gets an apostrophe in front, and so does one that begins with an apostrophe: taking one leading
 * apostrophe off a cell gives the exact text back, always. A person who opens the file is safe and sees the key
 * (as it is, `@photos/a.jpg` would read `#NAME?`); a program has one rule to follow, or takes the JSON, which is
 * exact without any. All other keys stand as they are, whatever characters they hold.
 */
export const csvReport: ReportRendering = {
  head: BYTE_ORDER_MARK + HEADER + LINE_END,
  rows: (rows) => rows.map(toLine).join(''),
  tail: '',
}

function toLine(row: ReportRow): string {
  const cells = [
    toCell(row.key),
    toCell(row.destinationKey),
    String(row.bytes),
    row.outcome,
    row.comparison ?? '',
    row.reason ?? '',
    toCell(row.detail),
  ]
  return cells.join(',') + LINE_END
}

function toCell(text: string): string {
  const safe = text.startsWith("'") || LOOKS_LIKE_FORMULA.test(text) ? `'${text}` : text
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
