import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isException } from '#shared/domain/object-outcome.ts'
import type { ReportRow } from '../../../../../server/report/report-row.ts'
import type { ListedObject, Listing } from '../../../../../server/worker/inventory/object-listing.ts'
import { compareKeys } from '../../../../../server/worker/inventory/key-order-rules.ts'
import { failed } from '../../../../../server/worker/job-ports.ts'
import { type VerifyInput, verifyCopy } from '../../../../../server/worker/verify/verify-copy.ts'

const object = (key: string, change: Partial<ListedObject> = {}): ListedObject => ({
  key: `to/${key}`,
  size: 10,
  etag: '',
  lastModifiedMs: 0,
  storageClass: 'STANDARD',
  isArchived: false,
  ...change,
})
const listing = (...objects: readonly ListedObject[]): Listing =>
  async function* () {
    yield* objects
  }
/** The report is kept in memory, to be read; its real writer has tests of its own. */
function verify(source: Listing, destination: Listing, change: Partial<VerifyInput> = {}) {
  const rows: ReportRow[] = []
  const lines: string[] = []
  const compared: (number | null)[] = []
  const amounts: unknown[] = []
  const outcome = verifyCopy({
    listings: { source, destination },
    comparison: {
      isEtagOpaque: false,
      clockDifferenceMs: () => 0,
      hasOpaqueEtag: () => Promise.resolve(false),
      uploadedMd5: () => Promise.resolve(null),
    },
    recall: () => ({ existing: 'replace-different', isOurs: true, isWrittenSince: false, failure: null, presumedFailure: null }),
    toSourceKey: (key) => key.replace('to/', 'from/'),
    destinationPrefix: 'to/',
    beginReport: () => {
      rows.length = 0
      return {
        add: (row) => Promise.resolve(void rows.push(row)),
        finish: () => Promise.reject(new Error('not here')),
      }
    },
    notFoundKeys: [],
    readPatiently: async (read) => ({ kind: 'read', value: await read() }),
    redact: (text) => text.replaceAll('s3cret', '[redacted]'),
    progress: {
      setTotals: (amount) => void amounts.push(amount),
      setVerified: (amount) => void amounts.push(amount),
      setComparing: (objects) => void compared.push(objects),
      current: () => ({ progress: { totalObjects: 5_000 } }) as ReturnType<VerifyInput['progress']['current']>,
    },
    activity: { add: (level, text) => void lines.push(`${level}: ${text}`) },
    signal: new AbortController().signal,
    ...change,
  })
  const verified = async () => {
    const end = await outcome
    if (end.kind !== 'verified') throw new Error(`ended as ${end.kind}`)
    return end
  }
  return { outcome, verified, rows, lines, compared, amounts }
}

describe('the verification', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('B3: each object has its row, with both keys, and the totals follow', async () => {
    const run = verify(
      listing(object('a', { size: 3 }), object('b'), object('dir/', { size: 0 })),
      listing(object('a', { size: 3 }), object('c')),
    )
    const { account, mendable } = await run.verified()
    expect(run.rows).toEqual([
      {
        key: 'from/a',
        destinationKey: 'to/a',
        bytes: 3,
        outcome: 'copied',
        comparison: 'size',
        reason: null,
        detail: '',
      },
      {
        key: 'from/b',
        destinationKey: 'to/b',
        bytes: 10,
        outcome: 'missing',
        comparison: null,
        reason: 'unknown',
        detail: '',
      },
      expect.objectContaining({ key: 'from/dir/', outcome: 'marker-not-held' }),
    ])
    expect(run.amounts).toEqual([
      { objects: 3, bytes: 13 },
      { objects: 2, bytes: 3 },
    ])
    expect(account.across()).toEqual({ objects: 1, bytes: 3 })
    expect(mendable).toMatchObject({ objects: 1, paths: ['b'], stalePaths: [], isComplete: true })
    expect(run.compared).toEqual([0, 1, 2, 3, null])
  })

  test('B3: what rclone would take for present is named apart; what it cannot carry is not for it', async () => {
    const source = listing(object('/odd'), object('a', { lastModifiedMs: 9_000 }), object('b'))
    const { mendable } = await verify(source, listing(object('a', { lastModifiedMs: 1_000 }))).verified()
    expect(mendable).toMatchObject({ objects: 3, paths: ['a', 'b'], stalePaths: ['a'] })
  })

  test('B3 S9: words of others are redacted, and kept short', async () => {
    const run = verify(listing(object('a')), listing(), {
      recall: () => ({
        existing: 'replace-different',
        isOurs: false,
        isWrittenSince: false,
        failure: { reason: 'copy-failed', detail: `s3cret\u0000\n${'x'.repeat(400)}` },
        presumedFailure: null,
      }),
    })
    await run.verified()
    expect(run.rows[0]?.detail).toMatch(/^\[redacted\] x+$/)
    expect(run.rows[0]?.detail).toHaveLength(300)
  })

  test('B3: every source object has exactly one row, in listing order, however long answers take', async () => {
    vi.useRealTimers()
    const side = fc.uniqueArray(
      fc.record({
        key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'ab', 'cd', 'ef', 'dir/', '//x', 'ä', '\u{10000}', '\uffee'),
        size: fc.constantFrom(0, 10, 11),
        etag: fc.constantFrom('', 'a'.repeat(32), 'b'.repeat(32), `${'c'.repeat(32)}-2`),
        lastModifiedMs: fc.constantFrom(1_000, 9_000),
        isArchived: fc.boolean(),
      }),
      { selector: ({ key }) => key },
    )
    const toListing = (objects: readonly Partial<ListedObject>[]): readonly ListedObject[] =>
      objects
        .map((found) => object(found.key ?? '', { ...found, key: `to/${found.key ?? ''}` }))
        .sort((a, b) => compareKeys(a.key, b.key))
    await fc.assert(
      fc.asyncProperty(side, side, fc.infiniteStream(fc.nat(4)), fc.boolean(), async (from, to, turnsOf, isOurs) => {
        const waits: Iterator<number> = turnsOf
        const [source, destination] = [toListing(from), toListing(to)]
        const wait = async (): Promise<void> => {
          for (let turns = Number(waits.next().value); turns > 0; turns -= 1) await Promise.resolve()
        }
        const run = verify(listing(...source), listing(...destination), {
          comparison: {
            isEtagOpaque: false,
            clockDifferenceMs: () => 0,
            hasOpaqueEtag: (key) => wait().then(() => key.includes('a')),
            uploadedMd5: (key) => wait().then(() => (key.includes('b') ? 'a'.repeat(32) : null)),
          },
          recall: ({ source: { key } }) => ({
            existing: key.includes('c') ? 'never-overwrite' : 'replace-different',
            isOurs,
            isWrittenSince: key.includes('d'),
            presumedFailure: null,
            failure: key.includes('e') ? { reason: 'access-denied', detail: '' } : null,
          }),
        })
        const { account, mendable } = await run.verified()

        expect(run.rows.map(({ destinationKey, bytes }) => [destinationKey, bytes])).toEqual(
          source.map(({ key, size }) => [key, size]),
        )
        expect(account.total().objects).toBe(source.length)
        for (const row of run.rows) {
          expect(row.reason !== null, row.outcome).toBe(isException(row.outcome))
          expect(row.comparison !== null, row.outcome).toBe(/^(?:copied|already-there)$/.test(row.outcome))
          const there = destination.find(({ key }) => key === row.destinationKey)
          const isSame = row.comparison !== null
          if (isSame) expect(there?.size).toBe(row.bytes)
          if (isSame && row.comparison !== 'size') expect(there?.etag).not.toBe('')
        }
        expect(account.across().objects).toBe(run.rows.filter(({ comparison }) => comparison !== null).length)
        expect(mendable.objects).toBeLessThanOrEqual(run.rows.filter(({ comparison }) => comparison === null).length)
      }),
      { numRuns: 300 },
    )
  })

  test('S13: a long comparison tells from time to time how far it is', async () => {
    const slow: Listing = async function* () {
      for (let index = 0; index < 200; index += 1) {
        vi.advanceTimersByTime(60)
        yield object(`k${String(index).padStart(3, '0')}`)
      }
      await Promise.resolve()
    }
    const run = verify(slow, listing())
    await run.verified()
    expect(run.lines).toEqual(['info: 200 of 5000 compared'])
  })

  test('B8: a walk that is begun anew counts nothing twice', async () => {
    let asked = 0
    const flaky: Listing = async function* () {
      yield object('a')
      if ((asked += 1) === 1) throw new Error('an outage')
    }
    const run = verify(listing(object('a'), object('b')), flaky, {
      readPatiently: async (read) => ({ kind: 'read', value: await read().catch(read) }),
    })
    expect((await run.verified()).account.total().objects).toBe(2)
    expect(run.rows).toHaveLength(2)
    expect(asked).toBe(2)
  })

  test('E9: what stays away ends as its failure', async () => {
    const away = failed({ code: 'unreachable', side: 'source', message: 'gone', exitCode: 0 })
    const readPatiently = () => Promise.resolve(away)
    expect(await verify(listing(object('a')), listing(), { readPatiently }).outcome).toBe(away)
  })

  test('B3: what the copy did not find, and the source lists no more, is told apart', async () => {
    const run = verify(listing(object('a'), object('b')), listing(), { notFoundKeys: ['from/gone', 'from/a'] })
    expect((await run.verified()).vanishedKeys).toEqual(['from/gone'])
  })

  test('S15: a stop ends it at once', async () => {
    const stop = new AbortController()
    stop.abort()
    const late = verify(listing(object('a')), listing(), { signal: stop.signal })
    expect(await late.outcome).toEqual({ kind: 'stopped' })
    expect(late.rows).toEqual([])
  })

  test('a bug is not taken for a trouble of the store', async () => {
    const broken: Listing = async function* () {
      yield* []
      throw new TypeError('bug')
    }
    await expect(verify(listing(object('a')), broken).outcome).rejects.toThrow('bug')
  })
})
