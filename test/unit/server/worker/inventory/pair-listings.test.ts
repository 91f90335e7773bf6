import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareKeys } from '../../../../../server/worker/inventory/key-order-rules.ts'
import type { ListedObject, Listing } from '../../../../../server/worker/inventory/object-listing.ts'
import { pairSorted, UnsortedListingError, walkPairs } from '../../../../../server/worker/inventory/pair-listings.ts'
import { collect, listed, listing } from './support/listed.ts'

const listingOf = (keys: readonly string[], size = 1): Listing => listing(...keys.map((key) => listed(key, { size })))

async function pairsOf(
  pairs: AsyncIterable<{ source: ListedObject; destination: ListedObject | null }>,
): Promise<Record<string, number | null>> {
  const found: Record<string, number | null> = {}
  for await (const { source, destination } of pairs) {
    expect(destination === null || destination.key === source.key).toBe(true)
    expect(Object.hasOwn(found, source.key)).toBe(false)
    found[source.key] = destination?.size ?? null
  }
  return found
}

// Few distinct keys, so that both sides share many.
const keySet = fc.uniqueArray(
  fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', 'é', '\uFF5E', '\u{1F600}'), minLength: 1, maxLength: 3 }),
  { maxLength: 40 },
)
const expected = (source: readonly string[], destination: readonly string[]): Record<string, number | null> =>
  Object.fromEntries(source.map((key) => [key, destination.includes(key) ? 2 : null]))

describe('pairing two listings', () => {
  test('B3: the walk along sorted listings pairs exactly the keys that both have', async () => {
    await fc.assert(
      fc.asyncProperty(keySet, keySet, async (source, destination) => {
        const pairs = pairSorted(
          listingOf(source.toSorted(compareKeys)),
          listingOf(destination.toSorted(compareKeys), 2),
        )
        expect(await pairsOf(pairs)).toEqual(expected(source, destination))
      }),
    )
  })

  test('B3: the same pairs come out, in S3’s order, in whatever order the stores list', async () => {
    await fc.assert(
      fc.asyncProperty(keySet, keySet, async (source, destination) => {
        const pairs = await walkPairs(listingOf(source), listingOf(destination, 2), collect)
        expect(pairs.map((pair) => [pair.source.key, pair.destination?.size ?? null])).toEqual(
          Object.entries(expected(source, destination)).sort(([a], [b]) => compareKeys(a, b)),
        )
      }),
      { numRuns: 40 },
    )
  })

  test('B3: a destination out of order is noticed by what seems to be missing, though the source has ended', async () => {
    const pairs = await walkPairs(listingOf(['.']), listingOf(['a', '.'], 2), collect)
    expect(pairs).toMatchObject([{ destination: { key: '.' } }])
  })

  test('B8: what fails for another reason is not begun again', async () => {
    let walks = 0
    const walk = (): Promise<never> => {
      walks += 1
      return Promise.reject(new Error('cut'))
    }
    await expect(walkPairs(listingOf(['a']), listingOf([]), walk)).rejects.toThrow('cut')
    expect(walks).toBe(1)
  })

  test.each([
    ['source', ['b', 'a'], ['a', 'b', 'c']],
    ['destination', ['a', 'b', 'c'], ['b', 'a']],
    ['source, by a key named twice', ['a', 'a'], []],
  ])('B3: a listing out of order is noticed, not mistaken for missing keys: %s', async (_side, source, destination) => {
    await expect(pairsOf(pairSorted(listingOf(source), listingOf(destination)))).rejects.toThrow(UnsortedListingError)
  })

  test('the destination’s listing is closed when the source’s ends first', async () => {
    let isClosed = false
    const endless: Listing = async function* () {
      try {
        for (let index = 0; ; index += 1) yield listed(`k${String(index).padStart(9, '0')}`)
      } finally {
        isClosed = true
      }
    }
    await pairsOf(pairSorted(listingOf(['k000000003']), endless))
    expect(isClosed).toBe(true)
  })
})
