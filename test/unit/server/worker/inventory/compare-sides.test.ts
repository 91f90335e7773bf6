import { describe, expect, test } from 'vitest'
import { compareSides, type JudgePair, MAX_NAMED_KEYS } from '../../../../../server/worker/inventory/compare-sides.ts'
import type { ListedObject } from '../../../../../server/worker/inventory/object-listing.ts'
import type { Listing } from '../../../../../server/worker/inventory/pair-listings.ts'

const object = (key: string, size = 10, lastModifiedMs = 0): ListedObject => ({ key, size, etag: '', lastModifiedMs })
const listing = (...objects: readonly ListedObject[]): Listing =>
  async function* () {
    yield* objects
  }

const bySize: JudgePair = (source, destination) => (source.size === destination?.size ? 'by-size' : 'missing')

describe('comparing both sides', () => {
  test('B3: totals, what is there, and the first of what is not', async () => {
    const found = await compareSides(
      listing(object('a', 5), object('b', 7), object('c', 11)),
      listing(object('a', 5), object('b', 8), object('x')),
      bySize,
    )
    expect(found).toEqual({
      totalObjects: 3,
      totalBytes: 23,
      presentObjects: 1,
      presentBytes: 5,
      bySizeObjects: 1,
      missingKeys: ['b', 'c'],
      staleKeys: [],
      changedObjects: 0,
      unheldMarkers: 0,
      unheldMarkerKeys: [],
    })
  })

  test('B3: verdicts that need a request are waited for, and each is counted as what it is', async () => {
    const verdicts = { a: 'by-checksum', b: 'by-size', c: 'stale', d: 'missing', 'e/': 'marker-unheld' } as const
    const found = await compareSides(
      listing(object('a'), object('b'), object('c', 10, 60), object('d', 10, 40), object('e/', 0, 60)),
      listing(),
      ({ key }) => Promise.resolve(verdicts[key as keyof typeof verdicts]),
      50,
    )
    expect(found).toEqual({
      totalObjects: 4,
      totalBytes: 40,
      presentObjects: 2,
      presentBytes: 20,
      bySizeObjects: 1,
      missingKeys: ['c', 'd'],
      staleKeys: ['c'],
      changedObjects: 1,
      unheldMarkers: 1,
      unheldMarkerKeys: ['e/'],
    })
  })

  test('B3: listings out of order are compared as well', async () => {
    const found = await compareSides(
      listing(object('b'), object('a'), object('c')),
      listing(object('c'), object('a')),
      bySize,
    )
    expect(found).toMatchObject({ totalObjects: 3, totalBytes: 30, presentObjects: 2, missingKeys: ['b'] })
  })

  test('B3: however many are missing, all are counted and ten are named', async () => {
    const many: Listing = async function* () {
      for (let index = 0; index < 2_000; index += 1) yield object(String(index).padStart(6, '0'))
    }
    const found = await compareSides(many, listing(), bySize)
    expect(found.totalObjects - found.presentObjects).toBe(2_000)
    expect(found.missingKeys).toHaveLength(MAX_NAMED_KEYS)
  })

  test('B8: a listing that fails is no comparison', async () => {
    const broken: Listing = async function* () {
      yield object('a')
      throw new Error('cut')
    }
    await expect(compareSides(listing(object('a'), object('b')), broken, bySize)).rejects.toThrow('cut')
  })
})
