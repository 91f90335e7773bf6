import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LISTED_EXCEPTIONS } from '#shared/contract/endpoints.ts'
import { verificationSchema } from '#shared/contract/schemas.ts'
import { comparisons, exceptionOutcomes, isException, objectReasons } from '#shared/domain/object-outcome.ts'
import type { ReportRow } from '../../../../../server/report/report-row.ts'
import { createSourceAccount } from '../../../../../server/worker/accounting/source-account.ts'

const row = fc
  .record({ key: fc.string(), bytes: fc.nat(10_000), detail: fc.string() })
  .chain((object) =>
    fc.oneof(
      fc.record({
        ...constants({ ...object, destinationKey: object.key, reason: null }),
        outcome: fc.constantFrom('copied' as const, 'already-there' as const),
        comparison: fc.constantFrom(...comparisons),
      }),
      fc.constant({
        ...object,
        bytes: 0,
        destinationKey: object.key,
        outcome: 'marker-not-held' as const,
        comparison: null,
        reason: null,
      }),
      fc.record({
        ...constants({ ...object, destinationKey: object.key, comparison: null }),
        outcome: fc.constantFrom(...exceptionOutcomes),
        reason: fc.constantFrom(...objectReasons),
      }),
    ),
  ) satisfies fc.Arbitrary<ReportRow>

function constants<T extends object>(values: T): { [Name in keyof T]: fc.Arbitrary<T[Name]> } {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fc.constant(value)])) as never
}

describe('the account of a source', () => {
  test('B3: every row is in exactly one count, and objects and bytes add up', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 250 }), (rows) => {
        const account = createSourceAccount()
        rows.forEach(account.add)
        const found = verificationSchema.parse(account.verification())
        const amounts = [found.copied, found.alreadyThere, ...Object.values(found.exceptions)]
        const sum = (unit: 'objects' | 'bytes'): number => amounts.reduce((total, amount) => total + amount[unit], 0)

        expect(account.total()).toEqual({
          objects: rows.length,
          bytes: rows.reduce((total, { bytes }) => total + bytes, 0),
        })
        expect(sum('objects') + found.markersNotHeld).toBe(rows.length)
        expect(sum('bytes')).toBe(account.total().bytes)
        expect(account.done().objects - found.markersNotHeld).toBe(account.across().objects)
        expect(found.byChecksumObjects + found.bySizeObjects).toBe(account.across().objects)
        expect(found.bySizeObjects).toBe(rows.filter(({ comparison }) => comparison === 'size').length)

        const exceptions = rows.filter(({ outcome }) => isException(outcome))
        expect(account.firstExceptions()).toEqual(
          exceptions
            .slice(0, LISTED_EXCEPTIONS)
            .map(({ key, bytes, outcome, reason, detail }) => ({ key, bytes, outcome, reason, detail })),
        )
        expect(account.reasons().reduce((total, { objects }) => total + objects, 0)).toBe(exceptions.length)
      }),
    )
  })

  test('B3: of many exceptions the first are listed, and all are counted', () => {
    const account = createSourceAccount()
    const missing = { outcome: 'missing', comparison: null, reason: 'unknown', detail: '', bytes: 1 } as const
    for (let index = 0; index < LISTED_EXCEPTIONS + 20; index += 1) {
      account.add({ ...missing, key: String(index), destinationKey: String(index) })
    }
    expect(account.firstExceptions()).toHaveLength(LISTED_EXCEPTIONS)
    expect(account.verification().exceptions.missing.objects).toBe(LISTED_EXCEPTIONS + 20)
  })

  test('B3: what the source lists no more is counted as missing, without a name', () => {
    const account = createSourceAccount()
    account.addUnlisted({ objects: 2, bytes: 7 })
    expect(account.total()).toEqual({ objects: 2, bytes: 7 })
    expect(account.verification().exceptions.missing).toEqual({ objects: 2, bytes: 7 })
    expect(account.reasons()).toEqual([{ reason: 'source-not-found', objects: 2, firstKeys: [] }])
    expect(account.firstExceptions()).toEqual([])
  })

  test('B3: the commonest reason comes first, with its first keys', () => {
    const account = createSourceAccount()
    const add = (key: string, reason: ReportRow['reason']): void =>
      account.add({ key, destinationKey: key, bytes: 1, outcome: 'failed', comparison: null, reason, detail: '' })
    add('a', 'throttled')
    for (const key of ['b', 'c', 'd', 'e']) add(key, 'access-denied')
    expect(account.reasons()).toEqual([
      { reason: 'access-denied', objects: 4, firstKeys: ['b', 'c', 'd'] },
      { reason: 'throttled', objects: 1, firstKeys: ['a'] },
    ])
  })
})
