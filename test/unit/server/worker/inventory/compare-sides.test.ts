/* eslint-disable @typescript-eslint/require-await -- fake listings have nothing to wait for */
import { describe, expect, test } from 'vitest'
import { compareSides, isSameObject, MAX_NAMED_KEYS } from '../../../../../server/worker/inventory/compare-sides.ts'
import type { ListedObject } from '../../../../../server/worker/inventory/object-listing.ts'
import type { Listing } from '../../../../../server/worker/inventory/pair-listings.ts'

const md5 = (digit: string): string => digit.repeat(32)
const object = (key: string, size = 10, etag = md5('a')): ListedObject => ({ key, size, etag, lastModifiedMs: 0 })
const listing = (...objects: readonly ListedObject[]): Listing =>
  async function* () {
    yield* objects
  }

describe('what counts as the same object', () => {
  test.each([
    ['equal size and MD5', object('k'), object('k'), true],
    ['another case of the MD5', object('k', 10, md5('A')), object('k', 10, md5('a')), true],
    ['another size', object('k', 10), object('k', 11), false],
    ['another MD5', object('k', 10, md5('a')), object('k', 10, md5('b')), false],
    ['a multipart upload has no MD5 to compare', object('k', 10, `${md5('a')}-4`), object('k', 10, md5('b')), true],
    ['a store without ETags', object('k', 10, ''), object('k', 10, md5('b')), true],
  ])('B3: %s', (_name, source, destination, isSame) => {
    expect(isSameObject(source, destination)).toBe(isSame)
  })
})

describe('comparing both sides', () => {
  test('B3: totals, what is there, and the first of what is not', async () => {
    const found = await compareSides(
      listing(object('a', 5), object('b', 7), object('c', 11)),
      listing(object('a', 5), object('b', 8), object('x')),
    )
    expect(found).toEqual({
      totalObjects: 3,
      totalBytes: 23,
      presentObjects: 1,
      presentBytes: 5,
      missingKeys: ['b', 'c'],
    })
  })

  test('B3: listings out of order are compared as well', async () => {
    const found = await compareSides(listing(object('b'), object('a'), object('c')), listing(object('c'), object('a')))
    expect(found).toEqual({ totalObjects: 3, totalBytes: 30, presentObjects: 2, presentBytes: 20, missingKeys: ['b'] })
  })

  test('B3: however many are missing, all are counted and ten are named', async () => {
    const many: Listing = async function* () {
      for (let index = 0; index < 2_000; index += 1) yield object(String(index).padStart(6, '0'))
    }
    const found = await compareSides(many, listing())
    expect(found.totalObjects - found.presentObjects).toBe(2_000)
    expect(found.missingKeys).toHaveLength(MAX_NAMED_KEYS)
  })

  test('B8: a listing that fails is no comparison', async () => {
    const broken: Listing = async function* () {
      yield object('a')
      throw new Error('cut')
    }
    await expect(compareSides(listing(object('a'), object('b')), broken)).rejects.toThrow('cut')
  })
})
