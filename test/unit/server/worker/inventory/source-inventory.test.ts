import { afterEach, describe, expect, test, vi } from 'vitest'
import type { SourceInventory } from '#shared/contract/schemas.ts'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import type { ListedObject, Listing } from '../../../../../server/worker/inventory/object-listing.ts'
import { takeInventory } from '../../../../../server/worker/inventory/source-inventory.ts'
import { type Amount, createShownProgress } from '../../../../../server/worker/progress/shown-progress.ts'
import { ListingFailedError } from '../../../../../server/worker/inventory/side-listings.ts'
import { listed, listing } from './support/listed.ts'

const STARTED_AT = 1_000_000
const object = (key: string, facts: Partial<ListedObject> = {}): ListedObject => listed(key, { size: 10, ...facts })
const broken: Listing = async function* () {
  yield object('to/a')
  throw new Error('cut')
}

const outage = (permanent = false) => {
  const code = permanent ? 'access-denied' : 'unreachable'
  return new ListingFailedError({ code, side: 'source', message: 'gone', permanent }, null)
}

/** Fails until it is told to go on. */
function flakyListing(error: Error, ...objects: readonly ListedObject[]) {
  let [tries, isUp] = [0, false]
  const source: Listing = async function* () {
    tries += 1
    yield object('to/a')
    if (!isUp) throw error
    yield* objects
  }
  return { source, tries: () => tries, recover: () => void (isUp = true) }
}

interface Signals {
  readonly signal?: AbortSignal
  readonly copyEnd?: AbortSignal
}

async function take(source: Listing, destination: Listing, { signal, copyEnd }: Signals = {}) {
  const never = new AbortController().signal
  const progress = createShownProgress(emptyProgress)
  const failures: unknown[] = []
  const inventories: SourceInventory[] = []
  const outOfReach: Amount[] = []
  await takeInventory({
    listings: { source, destination },
    toSourceKey: (key) => `from/${key.slice('to/'.length)}`,
    progress: { ...progress, setOutOfReach: (amount) => outOfReach.push(amount) },
    startedAtMs: STARTED_AT,
    isEtagOpaque: false,
    signal: signal ?? never,
    copyEnd: copyEnd ?? never,
    onInventory: (inventory) => Promise.resolve(inventories.push(inventory)),
    onFailure: (error) => failures.push(error),
  })
  return { progress, failures, inventories, outOfReach }
}

describe('the inventory of the source', () => {
  test('S12 B4: totals of the source, and only what was at the destination before the copy began', async () => {
    const before = object('to/a', { lastModifiedMs: STARTED_AT - 1 })
    const since = object('to/b', { lastModifiedMs: STARTED_AT + 1 })
    const { progress } = await take(listing(object('to/a'), object('to/b'), object('to/c')), listing(before, since))
    expect(progress.current().progress).toMatchObject({
      totalBytes: 30,
      totalObjects: 3,
      copiedBytes: 10,
      copiedObjects: 1,
    })
  })

  test('S17: classes by size, archived objects, and what rclone cannot carry', async () => {
    const archived = { storageClass: 'GLACIER', isArchived: true, size: 100 }
    const { inventories } = await take(
      listing(
        object('to//b'),
        object('to/a'),
        object('to/c', archived),
        object('to/d', { ...archived, isArchived: false }),
        object('to/e/'),
      ),
      listing(),
    )
    expect(inventories).toEqual([
      {
        storageClasses: [
          { storageClass: 'GLACIER', objects: 2, bytes: 200 },
          { storageClass: 'STANDARD', objects: 3, bytes: 30 },
        ],
        archived: { objects: 1, bytes: 100 },
        oddKeys: { objects: 2, bytes: 20 },
      },
    ])
  })

  test('S17: archived objects are part of the totals; those that are not there yet are not waited for', async () => {
    const archive = { storageClass: 'DEEP_ARCHIVE', isArchived: true }
    const { progress, outOfReach } = await take(
      listing(object('to/a'), object('to/b', archive), object('to/c', archive)),
      listing(object('to/c')),
    )
    expect(outOfReach).toEqual([{ objects: 1, bytes: 10 }])
    expect(progress.current().progress).toMatchObject({ totalObjects: 3, copiedObjects: 1, totalBytes: 30 })
  })

  test('S12: of a store with classes without end the twenty largest are told', async () => {
    const many = Array.from({ length: 1_500 }, (_, index) =>
      object(`to/${String(index).padStart(5, '0')}`, { storageClass: `CLASS-${String(index)}`, size: index }),
    )
    const [inventory] = (await take(listing(...many), listing())).inventories
    expect(inventory?.storageClasses).toHaveLength(20)
    expect(inventory?.storageClasses[0]).toEqual({ storageClass: 'CLASS-999', objects: 1, bytes: 999 })
  })

  test('S12: of a store that lists out of order nothing is counted twice', async () => {
    const { progress, inventories } = await take(listing(object('to/b'), object('to/c'), object('to/a')), listing())
    expect(progress.current().progress).toMatchObject({ totalBytes: 30, totalObjects: 3 })
    expect(inventories).toMatchObject([{ storageClasses: [{ objects: 3 }] }])
  })

  test('S12: a listing that fails leaves the totals unknown and is told; an aborted one is not', async () => {
    const failed = await take(broken, listing())
    expect(failed.progress.current().progress).toMatchObject({ totalBytes: null, totalObjects: null })
    expect(failed.failures).toHaveLength(1)
    expect(failed.inventories).toEqual([])
    expect((await take(broken, listing(), { signal: AbortSignal.abort() })).failures).toEqual([])
  })
})

describe('an inventory that meets an outage', () => {
  const MINUTE_MS = 60_000
  afterEach(() => void vi.useRealTimers())

  test('S12 B8: is taken again, with growing pauses, until it succeeds, and nothing of it is counted twice', async () => {
    vi.useFakeTimers()
    const flaky = flakyListing(outage(), object('to/b'))
    const taking = take(flaky.source, listing())
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    expect(flaky.tries()).toBe(2)
    await vi.advanceTimersByTimeAsync(119 * MINUTE_MS)
    expect(flaky.tries()).toBeGreaterThan(8)
    expect(flaky.tries()).toBeLessThan(15)
    flaky.recover()
    await vi.advanceTimersByTimeAsync(15 * MINUTE_MS)
    const { progress, failures, inventories } = await taking
    expect(progress.current().progress).toMatchObject({ totalBytes: 20, totalObjects: 2 })
    expect([failures, inventories.length]).toEqual([[], 1])
  })

  test('S12: is given up when the copy ends, told once, and nobody waits for it', async () => {
    vi.useFakeTimers()
    const flaky = flakyListing(outage())
    const copyEnd = new AbortController()
    const taking = take(flaky.source, listing(), { copyEnd: copyEnd.signal })
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS)
    copyEnd.abort()
    expect((await taking).failures).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('S12: is given up in silence when the job is stopped', async () => {
    vi.useFakeTimers()
    const [stop, copyEnd] = [new AbortController(), new AbortController()]
    const taking = take(flakyListing(outage()).source, listing(), { signal: stop.signal, copyEnd: copyEnd.signal })
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    copyEnd.abort()
    stop.abort()
    expect((await taking).failures).toEqual([])
  })

  test('S12: is not taken again when the store refuses', async () => {
    const flaky = flakyListing(outage(true))
    expect((await take(flaky.source, listing())).failures).toHaveLength(1)
    expect(flaky.tries()).toBe(1)
  })
})

test('S12: a total beyond what a number holds exactly stops there', async () => {
  const huge = Array.from({ length: 200 }, (_, index) => object(`to/${String(1_000 + index)}`, { size: 50 * 2 ** 40 }))
  const { progress, inventories } = await take(listing(...huge), listing())
  expect(progress.current().progress.totalBytes).toBe(Number.MAX_SAFE_INTEGER)
  expect(inventories[0]?.storageClasses[0]?.bytes).toBe(Number.MAX_SAFE_INTEGER)
})
