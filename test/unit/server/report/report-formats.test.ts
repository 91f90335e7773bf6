import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reportRenderings } from '../../../../server/report/report-formats.ts'
import type { ReportRow } from '../../../../server/report/report-row.ts'
import { parseCsv } from './csv-parser.ts'
import { anyRow, anyText, rowOf } from './rows.ts'

function render(format: 'csv' | 'json', rows: readonly ReportRow[]): string {
  const { head, rows: renderRows, tail } = reportRenderings[format]
  return head + (rows.length === 0 ? '' : renderRows(rows, true)) + tail
}
const cellOf = (key: string): string => parseCsv(render('csv', [rowOf({ key })]))[1]?.[0] ?? ''
/** The one rule for whoever reads the CSV by program. */
const exactly = (cell: string): string => (cell.startsWith("'") ? cell.slice(1) : cell)

describe('B3: the report as CSV', () => {
  test('begins with the byte order mark and the header, and ends each line with CRLF', () => {
    expect(render('csv', [rowOf({ bytes: 12, outcome: 'failed', comparison: null, reason: 'access-denied' })])).toBe(
      '\ufeffsource_key,destination_key,size_bytes,outcome,compared_by,reason,detail\r\n' +
        'photos/1.jpg,archive/photos/1.jpg,12,failed,,access-denied,\r\n',
    )
  })

  test('a strict reader gets every row back, whatever characters it holds (property)', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 20 }), (rows) => {
        const [, ...records] = parseCsv(render('csv', rows))
        expect(
          records.map(([key = '', destinationKey = '', bytes, outcome, comparison, reason, detail = '']) => ({
            key: exactly(key),
            destinationKey: exactly(destinationKey),
            bytes: Number(bytes),
            outcome,
            comparison: comparison === '' ? null : comparison,
            reason: reason === '' ? null : reason,
            detail: exactly(detail),
          })),
        ).toEqual(rows)
      }),
    )
  })

  test('spaces at the ends of a key stand in quotes, so that no reader trims them', () => {
    expect(render('csv', [rowOf({ key: ' a', destinationKey: 'a ' })])).toContain('\r\n" a","a ",7')
  })

  test.each(['=1+1', '+1', '-1', '@photos', '\t=1', ' \r@x', '＝1', "'=1"])(
    'no spreadsheet takes %j for a formula',
    (key) => expect(cellOf(key)).toBe(`'${key}`),
  )

  test('no cell begins as a formula does (property)', () => {
    fc.assert(
      fc.property(anyText, (key) => {
        expect(cellOf(key)).not.toMatch(/^[\s\p{Cc}]*[=+\-@＝＋－＠]/u)
      }),
    )
  })

  test.each(['/leading', 'a//b', './x', '../x', 'dir/', '\u0000', 'a=b', 'tab\there', '#1', 'é', 'e\u0301'])(
    'the key %j stands as it is',
    (key) => expect(cellOf(key)).toBe(key),
  )
})

describe('B3: the report as JSON', () => {
  test('is one document with its version, one row a line', () => {
    const text = render('json', [rowOf({ key: 'a' }), rowOf({ key: 'b' })])
    expect(JSON.parse(text)).toEqual({
      format: 'carolina-migrate-report',
      version: 1,
      rows: ['a', 'b'].map((sourceKey) => ({
        sourceKey,
        destinationKey: 'archive/photos/1.jpg',
        sizeBytes: 7,
        outcome: 'copied',
        comparedBy: 'etag',
        reason: null,
        detail: '',
      })),
    })
    expect(text.split('\n')).toHaveLength(5)
  })

  test('parses and has every row, whatever characters it holds (property)', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 20 }), (rows) => {
        const { rows: read } = JSON.parse(render('json', rows)) as { rows: Record<string, unknown>[] }
        expect(read).toEqual(
          rows.map(({ key, destinationKey, bytes, comparison, ...same }) => ({
            ...same,
            sourceKey: key,
            destinationKey,
            sizeBytes: bytes,
            comparedBy: comparison,
          })),
        )
      }),
    )
  })

  test('a lone surrogate, which UTF-8 cannot carry, arrives as itself', () => {
    const { rows } = JSON.parse(Buffer.from(render('json', [rowOf({ key: 'a\ud800b' })])).toString()) as {
      rows: { sourceKey: string }[]
    }
    expect(rows[0]?.sourceKey).toBe('a\ud800b')
  })
})
