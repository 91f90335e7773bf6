import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  exactBytes,
  formatBytes,
  formatBytesOfTotal,
  formatFiles,
  formatRate,
} from '#shared/domain/amounts.ts'

const TB = 1000 ** 4
const MIB = 1024 ** 2

describe('sizes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.00 KB'],
    [12_300_000_000, '12.3 GB'],
    [640_000_000, '640 MB'],
    [3.4 * TB, '3.40 TB'],
    [9_999, '10.0 KB'],
    [999_999, '1.00 MB'],
    [999_499_999, '999 MB'],
  ])('writes %d as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))

  it('tells the exact number on hover', () => expect(exactBytes(3_402_119_301_223)).toBe('3,402,119,301,223 bytes'))

  it('S12: writes a pair in one unit, and in two where the first would start with 0', () => {
    expect(formatBytesOfTotal(1.2149 * TB, 3.4 * TB)).toBe('1.21 of 3.40 TB')
    expect(formatBytesOfTotal(0.64 * TB, 3.4 * TB)).toBe('640 GB of 3.40 TB')
    expect(formatBytesOfTotal(0, 3.4 * TB)).toBe('0.00 of 3.40 TB')
    expect(formatBytesOfTotal(12, 51)).toBe('12 of 51 bytes')
  })

  it('S12: never writes an unfinished copy like a finished one', () => {
    expect(formatBytesOfTotal(3.3999 * TB, 3.4 * TB)).toBe('3.39 of 3.40 TB')
    expect(formatBytesOfTotal(3.4 * TB, 3.4 * TB)).toBe('3.40 of 3.40 TB')
  })

  it('writes any pair in its one form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e15 }), fc.double({ min: 0, max: 1, noNaN: true }), (total, share) => {
        const text = formatBytesOfTotal(Math.floor(total * share), total)
        expect(text).toMatch(/^[\d.]+( [KMGTPE]?B| bytes?)? of [\d.]+ ([KMGTPE]B|bytes?)$/)
      }),
    )
  })
})

describe('counts and rates', () => {
  it('counts files', () => {
    expect(formatFiles(1)).toBe('1 file')
    expect(formatFiles(51_002)).toBe('51,002 files')
  })

  it('S11: writes rates in the unit of the cap', () => {
    expect(formatRate(200 * MIB)).toBe('200 MiB/s')
    expect(formatRate(1.5 * MIB)).toBe('1.5 MiB/s')
    expect(formatRate(512 * 1024)).toBe('512 KiB/s')
    expect(formatRate(0)).toBe('0 KiB/s')
  })
})
