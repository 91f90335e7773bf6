import { describe, expect, test } from 'vitest'
import { attemptPolicy, type Decision } from '../../../../../server/worker/attempts/attempts-rules.ts'
import type { ListingFailure } from '../../../../../server/worker/inventory/listing-failure-rules.ts'
import { ListingUnusableError } from '../../../../../server/worker/inventory/object-listing.ts'
import { ListingFailedError } from '../../../../../server/worker/inventory/side-listings.ts'
import { readThroughOutages } from '../../../../../server/worker/verify/read-through-outages.ts'

const failing = (change: Partial<ListingFailure> = {}): ListingFailedError =>
  new ListingFailedError({ code: 'unreachable', side: 'source', message: 'gone', permanent: false, ...change }, null)

/** A reading that fails so many times; every wait ends well, unless the decision was to give up. */
function read(options: { readonly failures?: number; readonly error?: Error; readonly onWait?: () => void; readonly walks?: readonly number[]; readonly hasListed?: boolean }) {
  const { failures = Infinity, error = failing(), onWait, walks = [], hasListed = false } = options
  const waits: Decision['step'][] = []
  const lines: string[] = []
  const stop = new AbortController()
  let tries = 0
  let walked = 0
  const start = () =>
    readThroughOutages(
      {
        pauseAndProbe(first) {
          waits.push(first.step)
          onWait?.()
          return Promise.resolve(first.step.kind === 'probe' ? { ...first, step: { kind: 'attempt' } } : first)
        },
        policy: attemptPolicy,
        listings: { walked: () => walked, hasListed: () => hasListed },
        activity: { add: (_level, text) => void lines.push(text) },
        signal: stop.signal,
      },
      () => {
        walked += walks[tries] ?? 0
        tries += 1
        return tries <= failures ? Promise.reject(error) : Promise.resolve('value')
      },
    )
  return { start, waits, lines, stop, tries: () => tries }
}

describe('reading the stores after the copy', () => {
  test('B8: an outage is waited for in sight of the person, and then all is read anew', async () => {
    const run = read({ failures: 1 })
    expect(await run.start()).toEqual({ kind: 'read', value: 'value' })
    expect(run.waits).toEqual([expect.objectContaining({ kind: 'probe', isSilent: true })])
  })

  test('B8: another passing trouble is met by two more tries, and told', async () => {
    const run = read({ failures: 2, error: failing({ code: 'copy-failed', message: 'InternalError' }) })
    expect(await run.start()).toMatchObject({ kind: 'read' })
    expect(run.lines).toEqual(['InternalError; trying again', 'InternalError; trying again'])
  })

  test.each([
    ['what stays', 'unreachable', false, 3],
    ['what no try can mend', 'access-denied', true, 1],
  ] as const)('E9: %s ends as its failure', async (_name, code, permanent, tries) => {
    const run = read({ error: failing({ code, permanent }) })
    expect(await run.start()).toEqual({
      kind: 'failed',
      failure: { code, side: 'source', message: 'gone', exitCode: 0 },
      settlement: null,
    })
    expect(run.tries()).toBe(tries)
  })

  test('B8: troubles far apart, each after some of the way, are not added up', async () => {
    const run = read({ failures: 5, walks: [1_000, 300, 2_000, 40, 700] })
    expect(await run.start()).toMatchObject({ kind: 'read' })
    expect(run.waits.every(({ kind }) => kind === 'probe')).toBe(true)
  })

  test('E9: what breaks at the same object again and again stays', async () => {
    const run = read({ walks: Array.from({ length: 9 }, () => 500) })
    expect(await run.start()).toMatchObject({ kind: 'failed' })
    expect(run.tries()).toBe(3)
  })

  test.each([
    [true, 'read', 2],
    [false, 'failed', 1],
  ] as const)('B8: a page that is no listing: from what has been a store: %s', async (hasListed, kind, tries) => {
    const { failure } = failing({ permanent: true })
    const error = new ListingFailedError(failure, new ListingUnusableError('no store'))
    const run = read({ failures: 1, error, hasListed })
    expect(await run.start()).toMatchObject({ kind })
    expect(run.tries()).toBe(tries)
  })

  test('S15: a stop is no failure, before a wait and during one', async () => {
    const before = read({})
    before.stop.abort()
    expect(await before.start()).toEqual({ kind: 'stopped' })
    expect(before.waits).toEqual([])
    const during = read({ onWait: () => during.stop.abort() })
    expect(await during.start()).toEqual({ kind: 'stopped' })
  })

  test('a bug is not taken for a trouble of the store', async () => {
    await expect(read({ error: new TypeError('bug') }).start()).rejects.toThrow('bug')
  })
})
