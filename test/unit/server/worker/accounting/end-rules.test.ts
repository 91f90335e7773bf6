import { describe, expect, test } from 'vitest'
import { objectReasons } from '#shared/domain/object-outcome.ts'
import type { ReportRow } from '../../../../../server/report/report-row.ts'
import { accountLines } from '../../../../../server/worker/accounting/account-words.ts'
import { endOf } from '../../../../../server/worker/accounting/end-rules.ts'
import { createSourceAccount } from '../../../../../server/worker/accounting/source-account.ts'

const file = { bytes: 1, sha256: '0'.repeat(64) }
const report = { rows: 1, csv: file, json: file }
const accountOf = (...rows: readonly Partial<ReportRow>[]) => {
  const account = createSourceAccount()
  rows.forEach((row, index) =>
    account.add({
      key: `k${String(index)}`,
      destinationKey: `k${String(index)}`,
      bytes: 10,
      outcome: 'copied',
      comparison: 'etag',
      reason: null,
      detail: '',
      ...row,
    }),
  )
  return account
}
const archived = { outcome: 'archived', comparison: null, reason: 'archived-object' } as const
const denied = { outcome: 'failed', comparison: null, reason: 'access-denied' } as const

describe('how a migration ends by its account', () => {
  test('B3: with everything across', () => {
    expect(endOf(accountOf({}, { outcome: 'already-there', comparison: 'size' }), report)).toMatchObject({
      kind: 'settled',
      settlement: {
        report,
        firstExceptions: [],
        verification: { copied: { objects: 1 }, alreadyThere: { objects: 1 }, byChecksumObjects: 1, bySizeObjects: 1 },
      },
    })
  })

  test('B3 S17: with exceptions, as long as one object is across', () => {
    expect(endOf(accountOf({}, archived, denied), report)).toMatchObject({
      kind: 'settled',
      settlement: {
        verification: { exceptions: { archived: { objects: 1, bytes: 10 }, failed: { objects: 1, bytes: 10 } } },
        firstExceptions: [
          { key: 'k1', outcome: 'archived', reason: 'archived-object' },
          { key: 'k2', outcome: 'failed', reason: 'access-denied' },
        ],
      },
    })
  })

  test('B3 S17: with nothing across it failed, for the commonest reason, and is settled all the same', () => {
    expect(endOf(accountOf(denied, archived, archived), report)).toEqual({
      kind: 'failed',
      failure: {
        code: 'archived-object',
        side: 'source',
        message: 'none of 3 objects made it: 2 archived objects were not copied: k1, k2; 1 object may not be read: k0',
        exitCode: 1,
      },
      settlement: expect.objectContaining({ report }) as unknown,
    })
  })

  test.each(objectReasons)('B3: a failure for each reason: %s', (reason) => {
    const end = endOf(accountOf({ outcome: 'failed', comparison: null, reason }), report)
    expect(end).toMatchObject({ kind: 'failed', failure: { message: expect.stringContaining(': k0') as unknown } })
  })

  test('B3: folder markers that are not held are nobody’s loss', () => {
    const marker = { outcome: 'marker-not-held', comparison: null, bytes: 0 } as const
    const account = accountOf(marker, marker, marker, marker)
    expect(endOf(account, report).kind).toBe('settled')
    expect(accountLines(account)).toEqual([
      { level: 'info', text: 'compared: 0 of 4 objects at the destination' },
      { level: 'info', text: '0 objects verified by checksum, 0 by size' },
      {
        level: 'info',
        text: 'the destination does not hold 4 folder markers (they carry no data): k0, k1, k2, and 1 more',
      },
    ])
  })

  test('S13: the log tells checksum and size apart, and each reason with its first keys', () => {
    const verified = [{}, { comparison: 'md5chksum' }, { comparison: 'size' }] as const
    expect(accountLines(accountOf(...verified, denied, archived, archived))).toEqual([
      { level: 'info', text: 'compared: 3 of 6 objects at the destination' },
      { level: 'info', text: '2 objects verified by checksum, 1 by size' },
      { level: 'warning', text: '2 archived objects were not copied: k4, k5' },
      { level: 'warning', text: '1 object may not be read: k3' },
    ])
  })
})
