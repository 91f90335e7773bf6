import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBytes, formatBytesOf, formatFiles } from '../../../../src/main/copy/amounts.ts'

describe('amounts', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1_000, '1.00 KB'],
    [3_400_000_000, '3.40 GB'],
    [999_999_999, '999.99 MB'],
    [5e18, '5000.00 PB'],
  ])('%s → %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  it.each([
    [1_280_000_000, 3_400_000_000, '1.2 of 3.4 GB'],
    [0, 512, '0 of 512 bytes'],
    [5_000_000, 2_000_000_000_000, '0.0 of 2.0 TB'],
  ])('%s of %s → %s', (done, total, text) => {
    expect(formatBytesOf(done, total)).toBe(text)
  })

  it('never reads as finished before it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e15 }), fc.integer({ min: 1, max: 1e6 }), (total, missing) => {
        const done = Math.max(0, total - missing)
        const [left = '', right = ''] = formatBytesOf(done, total).split(' of ')
        expect(Number(left)).toBeLessThanOrEqual(Number.parseFloat(right))
      }),
    )
  })

  it('counts files', () => {
    expect([formatFiles(1), formatFiles(51_002)]).toEqual(['1 file', '51,002 files'])
  })
})
