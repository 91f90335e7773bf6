import { expect, test } from 'vitest'
import type { ListedObject, Listing } from '../../../../../server/worker/inventory/object-listing.ts'
import { watchListings } from '../../../../../server/worker/verify/watched-listings.ts'

const object = { key: 'k', size: 1, etag: '', lastModifiedMs: 0, storageClass: 'STANDARD', isArchived: false }
const listing = (...objects: readonly ListedObject[]): Listing =>
  async function* () {
    yield* objects
  }
const broken: Listing = async function* () {
  yield* []
  throw new Error('no store')
}
async function keysOf(list: Listing): Promise<readonly string[]> {
  const keys: string[] = []
  for await (const { key } of list()) keys.push(key)
  return keys
}

test('B8: a listing passes on what it lists; it counts over all walks how far they came', async () => {
  const watched = watchListings({ source: listing(object, { ...object, key: 'l' }), destination: broken })
  expect([watched.walked(), watched.hasListed('source')]).toEqual([0, false])
  expect(await keysOf(watched.source)).toEqual(['k', 'l'])
  await keysOf(watched.source)
  expect([watched.walked(), watched.hasListed('source')]).toEqual([4, true])
})

test('B8: a store has listed when it held nothing, and not when it did not answer as one', async () => {
  const watched = watchListings({ source: broken, destination: listing() })
  await keysOf(watched.destination)
  await expect(keysOf(watched.source)).rejects.toThrow('no store')
  expect([watched.hasListed('destination'), watched.hasListed('source')]).toEqual([true, false])
})
