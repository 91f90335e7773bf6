import { expect, test } from 'vitest'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import type { ListedObject } from '../../../../../server/worker/inventory/object-listing.ts'
import type { Listing } from '../../../../../server/worker/inventory/pair-listings.ts'
import { takeInventory } from '../../../../../server/worker/inventory/source-inventory.ts'
import { createShownProgress } from '../../../../../server/worker/shown-progress.ts'

const STARTED_AT = 1_000_000
const object = (key: string, lastModifiedMs = 0): ListedObject => ({ key, size: 10, etag: '', lastModifiedMs })
const listing = (...objects: readonly ListedObject[]): Listing =>
  async function* () {
    yield* objects
  }

async function take(source: Listing, destination: Listing, signal = new AbortController().signal) {
  const progress = createShownProgress(emptyProgress)
  const failures: unknown[] = []
  await takeInventory({
    listings: { source, destination },
    progress,
    startedAtMs: STARTED_AT,
    isEtagOpaque: false,
    signal,
    onFailure: (error) => failures.push(error),
  })
  return { progress: progress.current(), failures }
}

test('S12 B4: totals of the source, and only what was at the destination before the copy began', async () => {
  const destination = listing(object('a', STARTED_AT - 1), object('b', STARTED_AT + 1))
  const { progress } = await take(listing(object('a'), object('b'), object('c')), destination)
  expect(progress).toMatchObject({ totalBytes: 30, totalObjects: 3, copiedBytes: 10, copiedObjects: 1 })
})

test('S12: a listing that fails leaves the totals unknown and is told; an aborted one is not', async () => {
  const broken: Listing = async function* () {
    yield object('a')
    throw new Error('cut')
  }
  const failed = await take(broken, listing())
  expect(failed.progress).toMatchObject({ totalBytes: null, totalObjects: null })
  expect(failed.failures).toHaveLength(1)
  expect((await take(broken, listing(), AbortSignal.abort())).failures).toEqual([])
})
