import { describe, expect, test } from 'vitest'
import { objectReasons } from '#shared/domain/object-outcome.ts'
import type { ListedObject } from '../../../../../server/worker/inventory/object-listing.ts'
import { judgeObject, type ObjectFacts } from '../../../../../server/worker/verify/judge-object.ts'

const object = (change: Partial<ListedObject> = {}): ListedObject => ({
  key: 'k',
  size: 10,
  etag: '',
  lastModifiedMs: 0,
  storageClass: 'STANDARD',
  isArchived: false,
  ...change,
})
const present: Partial<ObjectFacts> = { pair: { source: object(), destination: object() } }
const judge = (change: Partial<ObjectFacts> = {}) =>
  judgeObject({
    pair: { source: object(), destination: null },
    finding: { kind: 'absent' },
    isOurs: false,
    isWrittenSince: false,
    failure: null,
    presumedFailure: null,
    existing: 'replace-different',
    ...change,
  })
const same = (comparison: 'etag' | 'md5chksum' | 'size') => ({
  ...present,
  finding: { kind: 'same', comparison } as const,
})
const failure = (reason: (typeof objectReasons)[number]) => ({ failure: { reason, detail: 'words' } })

describe('what became of an object', () => {
  test('B3: copied or already there, by what it was compared with', () => {
    expect(judge({ ...same('md5chksum'), isOurs: true })).toMatchObject({ outcome: 'copied', comparison: 'md5chksum' })
    expect(judge(same('size'))).toMatchObject({ outcome: 'already-there', comparison: 'size', reason: null })
    // A failure of an earlier attempt is history.
    expect(judge({ ...same('etag'), ...failure('throttled') })).toMatchObject({ outcome: 'already-there', detail: '' })
  })

  test('B3: an equal size proves nothing of an object that was written while it was copied', () => {
    const changed = { outcome: 'changed', reason: 'changed-during-copy', isMendable: true }
    expect(judge({ ...same('size'), isOurs: true, isWrittenSince: true })).toMatchObject(changed)
    expect(judge({ ...same('etag'), isOurs: true, isWrittenSince: true })).toMatchObject({ outcome: 'copied' })
    const empty = { source: object({ size: 0 }), destination: object({ size: 0 }) }
    const emptyFacts = { ...same('size'), pair: empty, isOurs: true, isWrittenSince: true }
    expect(judge(emptyFacts)).toMatchObject({ outcome: 'copied' })
  })

  test('B3: what changed, or may have, is worth another copy', () => {
    const changed = { outcome: 'changed', reason: 'changed-during-copy', isMendable: true }
    expect(judge({ isWrittenSince: true })).toMatchObject(changed)
    expect(judge({ ...present, finding: { kind: 'stale' } })).toMatchObject(changed)
    expect(judge({ ...present, finding: { kind: 'different' }, isWrittenSince: true })).toMatchObject(changed)
  })

  test('S17: archived, known by the listing or by the copy, is not tried again', () => {
    const archived = { outcome: 'archived', reason: 'archived-object', isMendable: false }
    const source = object({ isArchived: true })
    expect(judge({ pair: { source, destination: null } })).toMatchObject(archived)
    expect(judge({ pair: { source, destination: object() }, finding: { kind: 'stale' } })).toMatchObject(archived)
    expect(judge(failure('archived-object'))).toMatchObject({ ...archived, detail: 'words' })
    const across = { pair: { source, destination: object() }, finding: { kind: 'same', comparison: 'etag' } as const }
    expect(judge(across)).toMatchObject({ outcome: 'already-there' })
  })

  test('B4: what the person wanted kept is kept, and told', () => {
    const kept = { outcome: 'kept-different', reason: 'different-kept', isMendable: false }
    for (const kind of ['different', 'stale'] as const) {
      const facts = { ...present, finding: { kind }, existing: 'never-overwrite' } as const
      expect(judge({ ...facts, isWrittenSince: true })).toMatchObject(kept)
      expect(judge({ ...facts, isOurs: true })).not.toMatchObject(kept)
      expect(judge({ ...facts, isOurs: true }).isMendable).toBe(false)
    }
    expect(judge({ existing: 'never-overwrite' })).toMatchObject({ outcome: 'missing', isMendable: true })
  })

  test.each([
    ['archived-object', 'archived', false],
    ['access-denied', 'failed', false],
    ['source-not-found', 'failed', true],
    ['changed-during-copy', 'changed', true],
    ['different-kept', 'kept-different', false],
    ['key-too-long', 'failed', false],
    ['object-too-large', 'failed', false],
    ['key-refused', 'failed', false],
    ['quota-exceeded', 'failed', false],
    ['throttled', 'failed', true],
    ['unreachable', 'failed', true],
    ['copy-failed', 'failed', true],
    ['unknown', 'failed', true],
  ] as const)('B3: not copied for %s: %s, worth another copy: %s', (reason, outcome, isMendable) => {
    expect(judge(failure(reason))).toEqual({ outcome, reason, isMendable, comparison: null, detail: 'words' })
    expect(objectReasons).toContain(reason)
  })

  test('B3: what failed for a lasting reason is not called changed, though it has changed too', () => {
    expect(judge({ ...failure('access-denied'), isWrittenSince: true })).toMatchObject({ outcome: 'failed' })
  })

  test('B3: a key too long for any store is named as that, in bytes', () => {
    const tooLong = { reason: 'key-too-long', isMendable: false }
    const absent = (key: string) => judge({ pair: { source: object({ key }), destination: null } })
    expect(absent('ä'.repeat(513))).toMatchObject(tooLong)
    expect(absent('ä'.repeat(512))).toMatchObject({ outcome: 'missing' })
  })

  test('B3: missing is what nothing explains', () => {
    const missing = { outcome: 'missing', reason: 'unknown', isMendable: true }
    expect(judge()).toMatchObject(missing)
  })

  test('B3: what is there and differs is not called missing', () => {
    const facts = { ...present, finding: { kind: 'different' } } as const
    expect(judge(facts)).toMatchObject({ outcome: 'failed', reason: 'unknown', isMendable: true })
  })

  test('B3: of a copy that ended early its failure is the reason, where nothing else is', () => {
    const presumedFailure = { reason: 'quota-exceeded', detail: 'full' } as const
    expect(judge({ presumedFailure })).toMatchObject({ outcome: 'failed', reason: 'quota-exceeded', detail: 'full' })
    expect(judge({ presumedFailure, ...failure('access-denied') })).toMatchObject({ reason: 'access-denied' })
    expect(judge({ presumedFailure, ...same('size') })).toMatchObject({ outcome: 'already-there' })
  })

  test('B3: an equal size proves nothing of an object that is known to have failed', () => {
    const facts = { ...same('size'), isOurs: true }
    expect(judge({ ...facts, ...failure('copy-failed') })).toMatchObject({ outcome: 'failed', isMendable: true })
    expect(judge({ ...facts, ...failure('changed-during-copy') })).toMatchObject({ outcome: 'changed' })
    expect(judge({ ...facts, ...failure('copy-failed'), isOurs: false, existing: 'never-overwrite' })).toMatchObject({
      outcome: 'failed',
      isMendable: false,
    })
  })

  test('B3: only an empty folder marker may be left behind', () => {
    const marker = (size: number) => ({ pair: { source: object({ key: 'dir/', size }), destination: null } })
    expect(judge({ ...marker(0), ...failure('key-refused') })).toMatchObject({
      outcome: 'marker-not-held',
      reason: null,
      detail: 'words',
    })
    expect(judge(marker(3))).toMatchObject({ outcome: 'missing' })
    const pair = { source: object({ key: 'dir/', size: 0 }), destination: object({ key: 'dir/' }) }
    expect(judge({ pair, finding: { kind: 'different' } })).toMatchObject({ outcome: 'failed' })
  })

  test.each([
    ['never tried', true, {}],
    ['throttled', true, failure('throttled')],
    ['refused for good', false, failure('key-refused')],
    ['taken and not held', false, { isOurs: true }],
    ['archived', false, { isArchived: true }],
  ] as const)('B3: a folder marker that is not there, %s: worth another copy: %s', (_name, isMendable, change) => {
    const isArchived = 'isArchived' in change
    const pair = { source: object({ key: 'dir/', size: 0, isArchived }), destination: null }
    expect(judge({ pair, ...change })).toMatchObject({ outcome: 'marker-not-held', isMendable })
  })
})
