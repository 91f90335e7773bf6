import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkArchivedObjects, settleArchived } from '../../../../src/main/source/checks/archived-objects-check.ts'
import { checkListedSource } from '../../../../src/main/source/checks/listed-source-check.ts'
import { checkKeptMetadata, checkLostStorageClass, checkLostTags } from '../../../../src/main/source/checks/metadata-checks.ts'
import { nearestNames } from '../../../../src/main/source/checks/nearest-folder-rules.ts'
import { checkReadableObjects } from '../../../../src/main/source/checks/readable-objects-check.ts'
import { checkTarget } from '../../../../src/main/source/checks/target-check.ts'
import type { DescribedObject, TriedObject } from '../../../../src/main/source/sampled-object.ts'
import { MAX_OBJECT_BYTES } from '../../../../src/main/source/listed-limits.ts'
import type { ListedObject, S3Failure } from '../../../../src/main/source/source-s3.ts'
import { emptyTally, objectsToTry, tallyObjects } from '../../../../src/main/source/source-tally.ts'

const object = (key: string, bytes = 1, storageClass = 'STANDARD', isRestored = false): ListedObject => ({ key, bytes, storageClass, isRestored })
const failure = (s3Code: string, httpStatus = 403): S3Failure => ({
  s3Code, message: '', httpStatus, contentType: '', beginning: '', bucketRegion: null, serverTime: null, networkCode: '',
})
const readable = (of: ListedObject): TriedObject => ({ object: of, read: { ok: true, value: true } })
const refused = (of: ListedObject, code = 'AccessDenied', status = 403): TriedObject => ({ object: of, read: { ok: false, error: failure(code, status) } })
const tallyOf = (...objects: ListedObject[]) => tallyObjects(emptyTally, objects)

describe('S5, B2: listed source', () => {
  it('says what was counted, and only that it can be listed while counting goes on', () => {
    const survey = { objects: 2, bytes: 7, isComplete: false, archivedObjects: 0, archivedBytes: 0 }
    expect(checkListedSource(survey)).toMatchObject({ code: 'source-listed', severity: 'good', facts: { objects: 2, bytes: 7, more: true } })
    expect(checkListedSource(null)).toMatchObject({ code: 'source-listed', severity: 'good', facts: {} })
  })
})

describe('B2: the tally of a listing', () => {
  it('counts objects, bytes, classes, and what is archived and not restored', () => {
    const tally = tallyOf(object('a', 3), object('b', 4, 'GLACIER'), object('c', 5, 'DEEP_ARCHIVE', true), object('d', 6, 'STANDARD_IA'))
    expect(tally).toMatchObject({ objects: 4, bytes: 18, archivedObjects: 1, archivedBytes: 4, firstArchived: { key: 'b' } })
    expect([...tally.classes]).toEqual([['DEEP_ARCHIVE', 1], ['STANDARD_IA', 1]])
  })
  it('does not grow with the listing, nor change what was told before', () => {
    const before = tallyOf(object('a', 1, 'STANDARD_IA'))
    const many = Array.from({ length: 500 }, (_, n) => object(String(n), 1, `CLASS_${String(n)}`))
    expect(tallyObjects(before, many).classes.size).toBe(20)
    expect([...before.classes]).toEqual([['STANDARD_IA', 1]])
  })
  it('stays a number that can be counted on, whatever is listed', () => {
    const huge = Array.from({ length: 400 }, (_, n) => object(String(n), MAX_OBJECT_BYTES, n % 2 === 0 ? 'STANDARD' : 'GLACIER'))
    const tally = tallyOf(...huge)
    const more = settleArchived(tally, [refused(huge[0]!, 'InvalidObjectState')])
    for (const sum of [tally.bytes, tally.archivedBytes, more.archivedBytes]) expect(Number.isSafeInteger(sum)).toBe(true)
    expect(tally.bytes).toBe(Number.MAX_SAFE_INTEGER)
  })
  it('tries an early, a large and a late object, each once, none of them archived or a mere marker', () => {
    const tally = tallyOf(object('a/', 0), object('b', 2), object('c', 9), object('d', 99, 'GLACIER'), object('e', 3), object('f/', 0))
    expect(objectsToTry(tally, new Set()).map(({ key }) => key)).toEqual(['b', 'c', 'e'])
    expect(objectsToTry(tally, new Set(['b', 'c'])).map(({ key }) => key)).toEqual(['e'])
    expect(objectsToTry(tallyOf(object('only', 2)), new Set()).map(({ key }) => key)).toEqual(['only'])
  })
  it('tries a marker where there is nothing else, and an archived one where all are', () => {
    expect(objectsToTry(tallyOf(object('a/', 0)), new Set()).map(({ key }) => key)).toEqual(['a/'])
    expect(objectsToTry(tallyOf(object('a', 9, 'GLACIER'), object('b', 9, 'GLACIER')), new Set()).map(({ key }) => key)).toEqual(['a'])
    expect(objectsToTry(emptyTally, new Set())).toEqual([])
  })
})

describe('E7, S17: archived objects', () => {
  const frozen = object('old.tar', 5, 'GLACIER')
  it('are noted, counted and named when others can be copied', () => {
    expect(checkArchivedObjects(tallyOf(object('a'), frozen, object('b', 1, 'DEEP_ARCHIVE')), true)).toMatchObject({
      code: 'archived-object', severity: 'note', facts: { objects: 2, bytes: 6, key: 'old.tar', more: false },
    })
  })
  it('are a problem only when all has been seen and there is nothing else', () => {
    expect(checkArchivedObjects(tallyOf(frozen), true)?.severity).toBe('problem')
    expect(checkArchivedObjects(tallyOf(frozen), false)?.severity).toBe('note')
    expect(checkArchivedObjects(tallyOf(frozen, object('a')), true)?.severity).toBe('note')
  })
  it('are not those of instant retrieval, nor restored ones', () => {
    expect(checkArchivedObjects(tallyOf(object('a', 1, 'GLACIER_IR'), object('b', 1, 'GLACIER', true)), true)).toBeNull()
  })
  it('are settled by what was tried: restored without being listed so, archived without being listed so', () => {
    expect(checkArchivedObjects(settleArchived(tallyOf(frozen), [readable(frozen)]), true)).toBeNull()
    const tiered = object('cold', 7, 'INTELLIGENT_TIERING')
    const settled = settleArchived(tallyOf(object('a'), tiered), [readable(object('a')), refused(tiered, 'InvalidObjectState')])
    expect(checkArchivedObjects(settled, true)).toMatchObject({ severity: 'note', facts: { objects: 1, bytes: 7, key: 'cold' } })
    expect(checkArchivedObjects(settleArchived(tallyOf(tiered), [refused(tiered, 'InvalidObjectState')]), true)?.severity).toBe('problem')
    expect(settleArchived(tallyOf(frozen), [refused(frozen, 'InvalidObjectState')]).archivedObjects).toBe(1)
  })
})

describe('B2: may it read as well as list', () => {
  const [a, b] = [object('a'), object('b')]
  it('says so when all that were tried can be read', () => {
    expect(checkReadableObjects([readable(a), readable(b)])).toMatchObject({ code: 'source-readable', severity: 'good', facts: { objects: 2 } })
  })
  it('E3: tells a key that lists but may not read', () => {
    expect(checkReadableObjects([refused(a), refused(b, '')])).toMatchObject({
      code: 'object-not-readable', severity: 'problem', facts: { key: 'a', s3Code: 'AccessDenied', objects: 2, sampled: 2 },
    })
  })
  it('E3: notes some that cannot be read among others that can', () => {
    expect(checkReadableObjects([readable(a), refused(b, '')])).toMatchObject({
      code: 'object-not-readable', severity: 'note', facts: { key: 'b', s3Code: 'AccessDenied', objects: 1, sampled: 2 },
    })
  })
  it('says nothing of what is not about reading', () => {
    expect(checkReadableObjects([refused(a, 'SlowDown', 503)])).toBeNull()
    expect(checkReadableObjects([refused(a, 'InvalidObjectState')])).toBeNull()
    expect(checkReadableObjects([readable(a), refused(b, 'NoSuchKey', 404)])?.code).toBe('source-readable')
  })
})

describe('B2: what is kept and what is lost', () => {
  const described = (key: string, headers: string[], ownMetadata: string[], tags: string[] | null): DescribedObject => ({
    object: object(key),
    description: { ok: true, value: { headers, ownMetadata } },
    tagNames: tags === null ? { ok: false, error: failure('AccessDenied') } : { ok: true, value: tags },
  })
  const sample = [described('a', ['Content-Type'], ['camera'], []), described('b', ['Content-Type', 'Cache-Control'], [], ['team', 'cost']), described('c', [], [], null)]
  it('names what arrives as well', () => {
    expect(checkKeptMetadata(sample)).toMatchObject({
      code: 'metadata-kept', severity: 'good', facts: { sampled: 3, headers: 'Content-Type, Cache-Control', ownMetadata: 'camera' },
    })
    expect(checkKeptMetadata([described('c', [], [], [])])).toBeNull()
  })
  it('counts tagged objects among those whose tags could be read, and names the first', () => {
    expect(checkLostTags(sample)).toMatchObject({ code: 'tags-lost', severity: 'note', facts: { objects: 1, sampled: 2, key: 'b', tags: 'team, cost' } })
  })
  it('says nothing of tags that are not there or may not be read', () => {
    expect(checkLostTags([described('a', [], [], []), described('c', [], [], null)])).toBeNull()
  })
  it('names the classes of what is copied, the commonest first', () => {
    const tally = tallyOf(object('a', 1, 'GLACIER_IR'), object('b', 1, 'STANDARD_IA'), object('c', 1, 'STANDARD_IA'), object('d', 1, 'GLACIER'))
    expect(checkLostStorageClass(tally, false)).toMatchObject({
      code: 'storage-class-lost', severity: 'note', facts: { objects: 3, more: true, classes: 'STANDARD_IA, GLACIER_IR' },
    })
    expect(checkLostStorageClass(tallyOf(object('a'), object('d', 1, 'GLACIER')), true)).toBeNull()
  })
})

describe('S2: target', () => {
  const below = { objects: [object('x')] }
  const nothing = { objects: [] }
  it.each([
    ['whole bucket', '', false, below, { kind: 'bucket' }],
    ['folder', 'photos/', false, below, { kind: 'folder', prefix: 'photos/' }],
    ['folder without its slash', 'photos', false, below, { kind: 'folder', prefix: 'photos/' }],
    ['single object', 'report.pdf', true, nothing, { kind: 'object', key: 'report.pdf' }],
  ] as const)('%s', (_what, typed, hasExactObject, listing, target) => {
    expect(checkTarget({ typed, isPrefixObject: false, hasExactObject, below: listing, bucket: 'b' })).toEqual({ ok: true, value: target })
  })
  it('asks which when folder and object share a name', () => {
    const facts = { typed: 'a', hasExactObject: true, below, bucket: 'b' }
    expect(checkTarget({ ...facts, isPrefixObject: false })).toMatchObject({
      ok: false,
      error: {
        code: 'folder-or-object', facts: { folder: 'a/', object: 'a' }, fixes: [{ prefix: 'a/' }, { prefixMeans: 'object' }],
      },
    })
    expect(checkTarget({ ...facts, isPrefixObject: true })).toEqual({ ok: true, value: { kind: 'object', key: 'a' } })
  })
  it('never takes the folder when the object was chosen and is gone', () => {
    expect(checkTarget({ typed: 'a', isPrefixObject: true, hasExactObject: false, below, bucket: 'b' })).toMatchObject({
      ok: false, error: { code: 'nothing-there' },
    })
  })
  it('E5, trap 1: finds nothing under a mere beginning of names', () => {
    expect(checkTarget({ typed: 'exper', isPrefixObject: false, hasExactObject: false, below: nothing, bucket: 'b' })).toMatchObject({
      ok: false, error: { code: 'nothing-there', facts: { bucket: 'b', prefix: 'exper' } },
    })
  })
})

describe('E5: nearest names', () => {
  it.each([
    ['exper', ['experiments/', 'docs/'], ['experiments/']],
    ['photo/', ['photos/', 'phones/'], ['photos/']],
    ['Photos/', ['photos/', 'videos/'], ['photos/']],
    ['/photos/', ['photos/'], ['photos/']],
    ['xyz', ['photos/'], []],
  ])('%s among %o → %o', (typed, candidates, expected) => {
    expect(nearestNames(typed, candidates)).toEqual(expected)
  })
  it('are at most three, all of them real, and never what was typed', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { maxLength: 30 }), (typed, candidates) => {
        const names = nearestNames(typed, candidates)
        expect(names.length).toBeLessThanOrEqual(3)
        expect(names).not.toContain(typed)
        for (const name of names) expect(candidates).toContain(name)
      }),
    )
  })
})
