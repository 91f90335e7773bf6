import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import type { ListedObject } from '../../../../../server/worker/inventory/object-listing.ts'
import type { Listing } from '../../../../../server/worker/inventory/pair-listings.ts'
import { ListingFailedError } from '../../../../../server/worker/inventory/side-listings.ts'
import { createShownProgress } from '../../../../../server/worker/shown-progress.ts'
import { type VerifyInput, verifyCopy } from '../../../../../server/worker/verify/verify-copy.ts'

const object = (key: string, size = 10): ListedObject => ({ key, size, etag: '', lastModifiedMs: 0 })
const listing = (...objects: readonly ListedObject[]): Listing =>
  async function* () {
    yield* objects
  }
const failing = (permanent: boolean): ListingFailedError =>
  new ListingFailedError({ code: 'throttled', side: 'destination', message: 'SlowDown', permanent }, null)

const STARTED_AT = 1_000_000
const md5 = (digit: string): string => digit.repeat(32)
const at = (key: string, etag: string, lastModifiedMs: number, size = 10): ListedObject => ({
  key,
  size,
  etag,
  lastModifiedMs,
})

function verify(source: Listing, destination: Listing, change: Partial<VerifyInput> = {}) {
  const progress = createShownProgress(emptyProgress)
  const lines: string[] = []
  const outcome = verifyCopy({
    listings: { source, destination },
    progress,
    activity: { add: (level, text) => void lines.push(`${level}: ${text}`) },
    isEtagOpaque: false,
    hasOpaqueEtag: () => Promise.resolve(false),
    copyStartedAtMs: STARTED_AT,
    signal: new AbortController().signal,
    ...change,
  })
  return { outcome, progress, lines }
}

describe('the verification', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('B3: everything there is completion, with exact totals', async () => {
    const { outcome, progress } = verify(
      listing(object('a', 3), object('b', 0)),
      listing(object('a', 3), object('b', 0), object('c')),
    )
    expect(await outcome).toEqual({ kind: 'completed', bytes: 3, objects: 2 })
    expect(progress.current()).toMatchObject({ copiedBytes: 3, totalBytes: 3, copiedObjects: 2, totalObjects: 2 })
  })

  test('B3: a single missing object is no completion', async () => {
    const { outcome } = verify(listing(object('a'), object('b'), object('c')), listing(object('a'), object('c')))
    expect(await outcome).toMatchObject({
      kind: 'incomplete',
      failure: { code: 'objects-missing', message: '1 of 3 objects missing or different at the destination: b' },
    })
  })

  test('B3: of many missing objects all are counted and the first ten named', async () => {
    const keys = Array.from({ length: 30 }, (_key, index) => object(`k${String(index).padStart(2, '0')}`))
    const { outcome, progress } = verify(listing(...keys), listing(...keys.slice(12)))
    expect(await outcome).toEqual({
      kind: 'incomplete',
      missingObjects: 12,
      missingKeys: keys.slice(0, 10).map(({ key }) => key),
      staleKeys: [],
      failure: {
        code: 'objects-missing',
        side: 'destination',
        message: `12 of 30 objects missing or different at the destination: ${keys
          .slice(0, 10)
          .map(({ key }) => key)
          .join(', ')}, and 2 more`,
        exitCode: 0,
      },
    })
    expect(progress.current()).toMatchObject({ copiedObjects: 18, totalObjects: 30 })
  })

  test('B3: what was compared by checksum and what by size only is told apart', async () => {
    const { outcome, lines } = verify(
      listing(at('a', md5('a'), 5_000), at('b', `${md5('b')}-2`, 5_000), at('c', `${md5('c')}-2`, 5_000)),
      listing(at('a', md5('a'), 9_000), at('b', md5('b'), 9_000), at('c', `${md5('c')}-2`, 9_000)),
    )
    expect(await outcome).toMatchObject({ kind: 'completed', objects: 3 })
    expect(lines).toEqual(['info: 2 objects verified by checksum, 1 by size'])
  })

  test('B3: an equal size is not enough when the source was written after the copy', async () => {
    const { outcome } = verify(listing(at('a', `${md5('a')}-2`, 9_000)), listing(at('a', md5('b'), 5_000)))
    expect(await outcome).toMatchObject({ kind: 'incomplete', missingObjects: 1, staleKeys: ['a'] })
  })

  test('B3: of encrypted objects the ETag is no checksum: size and age decide, known before or asked', async () => {
    const [source, newer, older] = [at('a', md5('a'), 5_000), at('a', md5('b'), 9_000), at('a', md5('b'), 1_000)]
    for (const change of [{ isEtagOpaque: true }, { hasOpaqueEtag: () => Promise.resolve(true) }]) {
      expect(await verify(listing(source), listing(newer), change).outcome).toMatchObject({ kind: 'completed' })
      expect(await verify(listing(source), listing(older), change).outcome).toMatchObject({ staleKeys: ['a'] })
    }
    const plain = await verify(listing(source), listing(newer)).outcome
    expect(plain).toMatchObject({ kind: 'incomplete', missingKeys: ['a'], staleKeys: [] })
  })

  test('B3: what the source wrote while it was copied is told as that', async () => {
    const { outcome } = verify(listing(at('a', '', STARTED_AT - 1), at('b', '', STARTED_AT + 1)), listing())
    expect(await outcome).toMatchObject({
      failure: { message: '2 of 2 objects missing or different at the destination (1 changed during the copy): a, b' },
    })
  })

  test('B3: an empty folder marker that the destination does not hold is named, not failed; a full one fails', async () => {
    const { outcome, lines } = verify(listing(object('a'), object('dir/', 0)), listing(object('a')))
    expect(await outcome).toEqual({ kind: 'completed', bytes: 10, objects: 1 })
    expect(lines).toContain('info: the destination does not hold 1 folder marker (it carries no data): dir/')
    expect(await verify(listing(object('a'), object('dir/', 3)), listing(object('a'))).outcome).toMatchObject({
      kind: 'incomplete',
      missingKeys: ['dir/'],
    })
  })

  test('E5: an empty source is a failure', async () => {
    expect(await verify(listing(), listing(object('a'))).outcome).toMatchObject({
      failure: { code: 'source-not-found', side: 'source', exitCode: 3 },
    })
  })

  test('B8: a passing trouble is met by trying again', async () => {
    let asked = 0
    const flaky: Listing = async function* () {
      if ((asked += 1) < 3) throw failing(false)
      yield object('a')
    }
    const { outcome } = verify(listing(object('a')), flaky)
    await vi.runAllTimersAsync()
    expect(await outcome).toMatchObject({ kind: 'completed' })
    expect(asked).toBe(3)
  })

  test.each([
    [true, 1],
    [false, 3],
  ])('E9: what stays away ends as its failure (permanent: %s, tries: %i)', async (permanent, tries) => {
    let asked = 0
    const broken: Listing = async function* () {
      asked += 1
      yield* []
      throw failing(permanent)
    }
    const { outcome } = verify(listing(object('a')), broken)
    await vi.runAllTimersAsync()
    expect(await outcome).toEqual({
      kind: 'failed',
      failure: { code: 'throttled', side: 'destination', message: 'SlowDown', exitCode: 0 },
    })
    expect(asked).toBe(tries)
  })

  test('S15: a stop during the comparison is no failure', async () => {
    const stop = new AbortController()
    const stopping: Listing = async function* () {
      stop.abort()
      yield* []
      throw failing(false)
    }
    expect(await verify(listing(object('a')), stopping, { signal: stop.signal }).outcome).toEqual({ kind: 'stopped' })
  })

  test('a bug is not taken for a trouble of the store', async () => {
    const broken: Listing = async function* () {
      yield* []
      throw new TypeError('bug')
    }
    await expect(verify(listing(object('a')), broken).outcome).rejects.toThrow('bug')
  })
})
