import { describe, expect, test } from 'vitest'
import { ListingTooLargeError } from '../../../../../server/worker/inventory/object-listing.ts'
import { walkPairs } from '../../../../../server/worker/inventory/pair-listings.ts'
import { explained } from '../../../../../server/worker/inventory/side-listings.ts'
import { collect, listed, listing } from './support/listed.ts'

const three = listing(listed('a'), listed('b'), listed('ccc'))
const tooLarge = { failure: { code: 'copy-failed', side: 'source', permanent: true } }

describe('a listing beyond all measure', () => {
  test.each([
    ['too many objects', { objects: 2, keyBytes: 5 }],
    ['too many bytes of keys', { objects: 3, keyBytes: 4 }],
  ])('S12: %s end it, with a reason, and for good', async (_name, limits) => {
    await expect(collect(explained('source', three(), limits))).rejects.toMatchObject(tooLarge)
  })

  test('S12: up to the limits all of it is given', async () => {
    expect(await collect(explained('source', three(), { objects: 3, keyBytes: 5 }))).toHaveLength(3)
  })

  test('S12: one that cannot be sorted ends with the same reason', async () => {
    let tries = 0
    const unsorted = async function* () {
      yield* listing(listed('b'), listed('a'))()
      tries += 1
      throw new ListingTooLargeError('no room')
    }
    const walk = walkPairs(unsorted, listing(), async (pairs) => {
      for await (const { source } of pairs) expect(source.key).toBe('b')
    })
    await expect(walk).rejects.toMatchObject(tooLarge)
    expect(tries).toBe(1)
  })
})
