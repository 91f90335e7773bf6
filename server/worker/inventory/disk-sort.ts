import type { FileHandle } from 'node:fs/promises'
import { GIB } from '#shared/domain/units.ts'
import { openNamelessFile } from '../nameless-files.ts'
import { compareKeys, indexBehind } from './key-order-rules.ts'
import { type ListedObject, ListingTooLargeError } from './object-listing.ts'

/** About 30 MB of objects, sorted in memory at once. */
const RUN_OBJECTS = 50_000
/** Open files; each is read through a buffer of 64 KiB. */
const MAX_RUNS = 128
/**
 * Of one listing, some 40 million objects. A job sorts two, and runs that are merged stand on the disk twice: 32 GiB.
 * A hostile store can list out of order at will, and the disk is for all jobs of the worker.
 */
const MAX_SORTED_BYTES = 8 * GIB
const sortLimits = { runObjects: RUN_OBJECTS, maxRuns: MAX_RUNS, maxBytes: MAX_SORTED_BYTES }
const WRITTEN_AT_ONCE = 1_000

/**
 * The same objects in S3's order, each key once, in constant memory: sorted in runs on the disk, which are then
 * merged. The files have no name from the moment they are open, so nothing is left of them however this process ends.
 * Throws what the objects throw, `ListingTooLargeError`, and the system's errors (ENOSPC …).
 */
export async function* sortOnDisk(
  objects: AsyncIterable<ListedObject>,
  limit: Partial<typeof sortLimits> = {},
): AsyncGenerator<ListedObject> {
  const limits = { ...sortLimits, ...limit }
  let runs: readonly FileHandle[] = []
  let bytes = 0
  try {
    for await (const batch of batched(objects, limits.runObjects)) {
      const sorted = batch.sort((a, b) => compareKeys(a.key, b.key))
      const run = await writeRun(sorted)
      runs = [...runs, run]
      bytes += (await run.stat()).size
      if (bytes > limits.maxBytes) throw new ListingTooLargeError(`out of order, and ${bytes} bytes to be sorted`)
      if (runs.length === limits.maxRuns) runs = await mergeIntoOne(runs)
    }
    yield* mergeRuns(runs)
  } finally {
    await closeAll(runs)
  }
}

async function mergeIntoOne(runs: readonly FileHandle[]): Promise<readonly FileHandle[]> {
  const merged = await writeRun(mergeRuns(runs))
  await closeAll(runs)
  return [merged]
}

async function closeAll(runs: readonly FileHandle[]): Promise<void> {
  await Promise.all(runs.map((run) => run.close()))
}

async function writeRun(objects: Iterable<ListedObject> | AsyncIterable<ListedObject>): Promise<FileHandle> {
  const file = await openNamelessFile()
  try {
    for await (const batch of batched(objects, WRITTEN_AT_ONCE)) {
      await file.appendFile(batch.map((object) => `${JSON.stringify(object)}\n`).join(''))
    }
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

interface Head {
  readonly object: ListedObject
  readonly reader: AsyncGenerator<ListedObject, void>
}

/** The least of the runs' next objects, again and again. */
async function* mergeRuns(runs: readonly FileHandle[]): AsyncGenerator<ListedObject> {
  const readers = runs.map((run) => readRun(run))
  const heads: Head[] = []
  const readOn = async (reader: Head['reader']): Promise<void> => {
    const { done, value: object } = await reader.next()
    if (done !== true) heads.splice(indexBehind(heads, object.key, (head) => head.object.key), 0, { object, reader })
  }
  try {
    for (const reader of readers) await readOn(reader)
    let last: string | null = null
    for (let head = heads.shift(); head !== undefined; head = heads.shift()) {
      if (head.object.key !== last) yield head.object
      last = head.object.key
      await readOn(head.reader)
    }
  } finally {
    for (const reader of readers) await reader.return()
  }
}

// Not by `readline`: it breaks lines at U+2028 and U+2029 as well, which keys may hold.
async function* readRun(run: FileHandle): AsyncGenerator<ListedObject, void> {
  let rest = ''
  for await (const chunk of run.createReadStream({ start: 0, encoding: 'utf8', autoClose: false })) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line) as ListedObject
  }
}

async function* batched<T>(items: Iterable<T> | AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = []
  for await (const item of items) {
    if (batch.push(item) < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
