import { describe, expect, test, vi } from 'vitest'
import type { ListedObject } from '../../../../../server/worker/inventory/object-listing.ts'
import { comparePair, type PairComparison } from '../../../../../server/worker/verify/compare-pair.ts'

const md5 = (digit: string): string => digit.repeat(32)
const multipart = (digit: string): string => `${md5(digit)}-2`
const at = (etag: string, lastModifiedMs: number, size = 10): ListedObject => ({
  key: 'k',
  etag,
  lastModifiedMs,
  size,
  storageClass: 'STANDARD',
  isArchived: false,
})

/** Answers are given, and what was asked is kept: a HEAD per object would cost a request each. */
function compare(source: ListedObject, destination: ListedObject | null, answers: Partial<PairComparison> = {}) {
  const hasOpaqueEtag = vi.fn(answers.hasOpaqueEtag ?? (() => Promise.resolve(false)))
  const uploadedMd5 = vi.fn(answers.uploadedMd5 ?? (() => Promise.resolve(null)))
  const finding = comparePair(
    { source, destination },
    { isEtagOpaque: false, clockDifferenceMs: () => 0, ...answers, hasOpaqueEtag, uploadedMd5 },
  )
  return { finding, asked: () => hasOpaqueEtag.mock.calls.length + uploadedMd5.mock.calls.length }
}

describe('comparing a pair', () => {
  test.each([
    ['nothing there', at(md5('a'), 1), null, { kind: 'absent' }],
    ['another size', at(md5('a'), 1), at(md5('a'), 2, 9), { kind: 'different' }],
    ['the same MD5', at(md5('a'), 9_000), at(md5('A'), 1_000), { kind: 'same', comparison: 'etag' }],
    ['the same parts', at(multipart('a'), 9_000), at(multipart('a'), 1_000), { kind: 'same', comparison: 'etag' }],
    ['no checksum, a later copy', at(multipart('a'), 5_000), at(md5('b'), 5_999), { kind: 'same', comparison: 'size' }],
    ['no checksum, an earlier copy', at(multipart('a'), 5_000), at(md5('b'), 4_999), { kind: 'stale' }],
    ['both empty, one MD5', at(md5('d'), 9_000, 0), at(md5('d'), 1, 0), { kind: 'same', comparison: 'etag' }],
    ['the same version number', at('7', 5_000), at('7', 6_000), { kind: 'same', comparison: 'size' }],
    ['the same version number, an earlier copy', at('7', 5_000), at('7', 4_000), { kind: 'stale' }],
    ['both empty, one version number', at('7', 9_000, 0), at('7', 1, 0), { kind: 'same', comparison: 'size' }],
    ['both empty, no checksum', at('', 9_000, 0), at('', 1, 0), { kind: 'same', comparison: 'size' }],
  ] as const)('B3: %s: told by the listings alone', (_name, source, destination, expected) => {
    const { finding, asked } = compare(source, destination)
    expect(finding).toEqual(expected)
    expect(asked()).toBe(0)
  })

  test('B3: MD5s that differ are believed only when both are MD5s', async () => {
    const [source, destination] = [at(md5('a'), 5_000), at(md5('b'), 9_000)]
    expect(await compare(source, destination).finding).toEqual({ kind: 'different' })
    const opaque = { hasOpaqueEtag: () => Promise.resolve(true) }
    expect(await compare(source, destination, opaque).finding).toEqual({ kind: 'same', comparison: 'size' })
    const known = compare(source, destination, { isEtagOpaque: true })
    expect(known.finding).toEqual({ kind: 'same', comparison: 'size' })
    expect(known.asked()).toBe(0)
  })

  test('B3: a multipart upload of an object with an MD5 is verified by the MD5 that rclone left', async () => {
    const [source, destination] = [at(md5('a'), 9_000), at(multipart('b'), 1_000)]
    const left = (digest: string) => ({ uploadedMd5: () => Promise.resolve(digest) })
    expect(await compare(source, destination, left(md5('a'))).finding).toEqual({
      kind: 'same',
      comparison: 'md5chksum',
    })
    expect(await compare(source, destination, left(md5('c'))).finding).toEqual({ kind: 'different' })
    expect(await compare(source, destination).finding).toEqual({ kind: 'stale' })
  })

  test('B3: it is not asked for where the source has no MD5 to compare it with', () => {
    for (const [source, opaque] of [[at(multipart('a'), 1), false], [at(md5('a'), 1), true]] as const) {
      const { finding, asked } = compare(source, at(multipart('b'), 2_000), { isEtagOpaque: opaque })
      expect(finding).toEqual({ kind: 'same', comparison: 'size' })
      expect(asked()).toBe(0)
    }
  })

  test('B3: dates are compared by one clock', () => {
    const [source, destination] = [at('', 60_000), at('', 50_000)]
    expect(compare(source, destination).finding).toEqual({ kind: 'stale' })
    expect(compare(source, destination, { clockDifferenceMs: () => -20_000 }).finding).toEqual({
      kind: 'same',
      comparison: 'size',
    })
  })
})
