import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareKeys } from '../../../../../server/worker/inventory/key-order-rules.ts'
import { createMilestones, type Milestones } from '../../../../../server/worker/inventory/milestones.ts'
import {
  ListingUnusableError,
  type PageStart,
  type ReadPage,
} from '../../../../../server/worker/inventory/object-listing.ts'
import { listInOrder } from '../../../../../server/worker/inventory/parallel-listing.ts'
import { listed } from './support/listed.ts'
import { modelStore } from './support/model-store.ts'

// Keys around folders, and characters whose UTF-16 order is not S3's.
const key = fc.string({
  unit: fc.constantFrom('a', 'b', '/', '-', '0', '\u00e9', '\uFF5E', '\u{1F600}'),
  minLength: 1,
  maxLength: 5,
})
const keySet = fc.uniqueArray(key, { maxLength: 200 })
const pageSize = fc.integer({ min: 1, max: 7 })
const sortedByUtf16 = (keys: readonly string[]): string[] => keys.toSorted((a, b) => (a < b ? -1 : 1))

/** What a first listing of these keys would have left. */
function milestonesAt(keys: readonly string[], distance: number): Milestones {
  const milestones = createMilestones(distance)
  const record = milestones.record()
  for (const passed of keys.toSorted(compareKeys)) record(passed)
  return milestones
}

async function keysOf(readPage: ReadPage, milestones: Milestones): Promise<readonly string[]> {
  const keys: string[] = []
  const { signal } = new AbortController()
  for await (const objects of listInOrder({ readPage, nextMilestone: milestones.after, signal })) {
    keys.push(...objects.map((object) => object.key))
  }
  return keys
}

describe('listing by several chains', () => {
  test('S12: in S3’s order, nothing lost and nothing doubled, wherever the milestones stand', async () => {
    await fc.assert(
      fc.asyncProperty(keySet, fc.array(key), pageSize, fc.integer({ min: 1, max: 9 }), async (keys, others, size, distance) => {
        const sorted = keys.toSorted(compareKeys)
        const { readPage } = modelStore({ keys: sorted, pageSize: size, isUpTo: (a, b) => compareKeys(a, b) <= 0 })
        expect(await keysOf(readPage, milestonesAt([...keys, ...others], distance))).toEqual(sorted)
      }),
    )
  })

  test.each([
    ['by UTF-16, and begins by that order', sortedByUtf16, (a: string, b: string) => a <= b],
    ['sorted, and ignores where to begin', (keys: readonly string[]) => keys.toSorted(compareKeys), () => false],
    ['in no order, and begins behind the key itself', (keys: readonly string[]) => keys, null],
    ['in no order, and begins at the first key that sorts later', (keys: readonly string[]) => keys, (a: string, b: string) => compareKeys(a, b) <= 0],
  ])('S12: of a store that lists %s, nothing is lost or doubled either', async (_name, order, isUpTo) => {
    await fc.assert(
      fc.asyncProperty(keySet, pageSize, fc.integer({ min: 1, max: 9 }), async (keys, size, distance) => {
        const ordered = order(keys)
        const upTo = isUpTo ?? ((a: string, b: string): boolean => ordered.indexOf(a) <= ordered.indexOf(b))
        const { readPage } = modelStore({ keys: ordered, pageSize: size, isUpTo: upTo })
        expect(await keysOf(readPage, milestonesAt(keys, distance))).toEqual(ordered)
      }),
    )
  })

  test('S12: a chain ahead that cannot be read is done without; the present one’s trouble is an error', async () => {
    const keys = Array.from({ length: 200 }, (_, index) => String(index).padStart(4, '0'))
    const store = (fails: (start: PageStart) => boolean) =>
      modelStore({
        keys,
        pageSize: 5,
        isUpTo: (a, b) => a <= b,
        onPage: (start) => {
          if (fails(start)) throw new Error('503')
        },
      })
    const milestones = milestonesAt(keys, 19)
    expect(await keysOf(store((start) => start.kind === 'after').readPage, milestones)).toEqual(keys)
    await expect(keysOf(store((start) => start.kind === 'token').readPage, milestones)).rejects.toThrow('503')
  })

  test('S12: objects that come and go while it lists leave the others in their places', async () => {
    await fc.assert(
      fc.asyncProperty(keySet, fc.uniqueArray(key, { maxLength: 20 }), pageSize, async (keys, changing, size) => {
        const stable = keys.filter((name) => !changing.includes(name)).toSorted(compareKeys)
        const all = [...stable, ...changing].toSorted(compareKeys)
        const isUpTo = (a: string, b: string): boolean => compareKeys(a, b) <= 0
        // Tokens name keys: as of real stores they go on right when the keys before have changed.
        let isChangingThere = true
        const readPage: ReadPage = async (start) => {
          isChangingThere = !isChangingThere
          const { readPage: read } = modelStore({ keys: isChangingThere ? all : stable, pageSize: size, isUpTo })
          const after = start.kind === 'token' ? ({ kind: 'after', key: start.token } as const) : start
          const page = await read(after, new AbortController().signal)
          const last = page.objects.at(-1)
          return { ...page, next: page.next === null || last === undefined ? null : { kind: 'token', token: last.key } }
        }
        const found = await keysOf(readPage, milestonesAt(all, 7))
        expect(found.filter((name) => !changing.includes(name))).toEqual(stable)
        expect(found).toEqual(found.toSorted(compareKeys))
        expect(new Set(found).size).toBe(found.length)
      }),
    )
  })

  test('B3: milestones of the same objects cost hardly a page more, and are read ahead at once', async () => {
    const keys = Array.from({ length: 4_000 }, (_, index) => String(index).padStart(6, '0'))
    let underWay = 0
    let mostUnderWay = 0
    const store = modelStore({ keys, pageSize: 10, isUpTo: (a, b) => a <= b })
    const readPage: ReadPage = async (start, signal) => {
      mostUnderWay = Math.max(mostUnderWay, (underWay += 1))
      try {
        return await store.readPage(start, signal)
      } finally {
        underWay -= 1
      }
    }
    expect(await keysOf(readPage, milestonesAt(keys, 39))).toEqual(keys)
    expect(store.pagesRead()).toBeLessThan(400 * 1.1)
    expect(mostUnderWay).toBeGreaterThanOrEqual(5)
  })

  test('a look at the first object reads no more than the next page', async () => {
    const keys = Array.from({ length: 400 }, (_, index) => String(index).padStart(6, '0'))
    const store = modelStore({ keys, pageSize: 10, isUpTo: (a, b) => a <= b })
    const { signal } = new AbortController()
    const milestones = milestonesAt(keys, 39)
    for await (const objects of listInOrder({ readPage: store.readPage, nextMilestone: milestones.after, signal })) {
      expect(objects[0]?.key).toBe('000000')
      break
    }
    expect(store.pagesRead()).toBeLessThanOrEqual(2)
  })

  test('E9: a thousand empty pages in a row are followed (deleted objects), and not one more', async () => {
    const emptyFor = (pages: number): ReadPage => {
      let read = 0
      return () => {
        const isLast = (read += 1) > pages
        return Promise.resolve({
          objects: isLast ? [listed('a')] : [],
          next: isLast ? null : { kind: 'token', token: String(read) },
        })
      }
    }
    expect(await keysOf(emptyFor(1_000), createMilestones())).toEqual(['a'])
    await expect(keysOf(emptyFor(1_001), createMilestones())).rejects.toThrow(ListingUnusableError)
  })
})
