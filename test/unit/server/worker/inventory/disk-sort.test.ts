import { existsSync } from 'node:fs'
import { readdir, readlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sortOnDisk } from '../../../../../server/worker/inventory/disk-sort.ts'
import { compareKeys } from '../../../../../server/worker/inventory/key-order-rules.ts'
import { ListingTooLargeError } from '../../../../../server/worker/inventory/object-listing.ts'
import { collect, listed, listing } from './support/listed.ts'

// Line ends of every kind are parts of keys, too.
const key = fc.string({
  unit: fc.constantFrom('a', 'b', '/', '\n', '\r', '\u2028', '"', '\\', 'é', '\uFF5E', '\u{1F600}'),
  maxLength: 4,
})

/** Where this process's open runs lie, as Linux tells it. */
async function openRuns(): Promise<readonly string[]> {
  const fds = await readdir('/proc/self/fd')
  const files = await Promise.all(fds.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')))
  return files.filter((file) => file.includes('carolina-file-'))
}

describe('sorting a listing on disk', () => {
  test('B3: the same objects in S3’s order, each key once, in whatever order and however often they come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(key, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), async (keys, runObjects) => {
        const objects = keys.map((name) => listed(name, { size: name.length, etag: name, isArchived: name.length > 2 }))
        const sorted = await collect(sortOnDisk(listing(...objects)(), { runObjects, maxRuns: 3 }))
        const expected = [...new Set(keys)].toSorted(compareKeys)
        expect(sorted).toEqual(expected.map((name) => objects.find((object) => object.key === name)))
      }),
      { numRuns: 40 },
    )
  })

  test('B3: no file has a name while it is read, and none is open afterwards, whoever stops early', async () => {
    const many = Array.from({ length: 50 }, (_, index) => listed(String(99 - index)))
    for await (const { key: first } of sortOnDisk(listing(...many)(), { runObjects: 5, maxRuns: 100 })) {
      expect(first).toBe('50')
      const runs = await openRuns()
      expect(runs).toHaveLength(10)
      for (const run of runs) {
        expect(run).toMatch(/ \(deleted\)$/)
        expect(existsSync(dirname(run))).toBe(false)
      }
      break
    }
    expect(await openRuns()).toEqual([])
  })

  test('S12: a listing out of order cannot fill the disk of all jobs', async () => {
    const many = Array.from({ length: 50 }, (_, index) => listed(String(99 - index)))
    const sorted = sortOnDisk(listing(...many)(), { runObjects: 5, maxBytes: 2_000 })
    await expect(collect(sorted)).rejects.toThrow(ListingTooLargeError)
    expect(await openRuns()).toEqual([])
  })

  test('B8: a listing that fails is no sorted listing, and leaves nothing open', async () => {
    async function* broken() {
      for (let index = 9; index > 0; index -= 1) yield listed(String(index))
      await Promise.resolve()
      throw new Error('cut')
    }
    await expect(collect(sortOnDisk(broken(), { runObjects: 2, maxRuns: 3 }))).rejects.toThrow('cut')
    expect(await openRuns()).toEqual([])
  })
})
