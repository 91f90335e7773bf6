import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkArchivedObjects } from '../../../../src/main/source/checks/archived-objects-check.ts'
import { checkListedSource } from '../../../../src/main/source/checks/listed-source-check.ts'
import { nearestNames } from '../../../../src/main/source/checks/nearest-folder-rules.ts'
import { checkReadableObject, objectToRead } from '../../../../src/main/source/checks/readable-object-check.ts'
import { checkTarget } from '../../../../src/main/source/checks/target-check.ts'
import type { ListedObject, S3Failure } from '../../../../src/main/source/source-s3.ts'

const object = (key: string, bytes = 1, storageClass = 'STANDARD'): ListedObject => ({ key, bytes, storageClass })
const refusal: S3Failure = {
  s3Code: 'AccessDenied', message: '', httpStatus: 403, contentType: '', bucketRegion: null, serverTime: null, networkCode: '',
}

describe('S5, B2: listed source', () => {
  it('counts what the first page holds', () => {
    expect(checkListedSource([object('a', 3), object('b', 4)], true)).toMatchObject({
      code: 'source-listed', severity: 'good', facts: { objects: 2, bytes: 7, more: true },
    })
  })
})

describe('E7, S17: archived objects', () => {
  const frozen = object('old.tar', 5, 'GLACIER')
  it('are noted, counted and named when others can be copied', () => {
    expect(checkArchivedObjects([object('a'), frozen, object('b', 1, 'DEEP_ARCHIVE')], false, false)).toMatchObject({
      code: 'archived-object', severity: 'note', facts: { objects: 2, bytes: 6, key: 'old.tar', more: false },
    })
  })
  it('are a problem when there is nothing else and they are not restored', () => {
    expect(checkArchivedObjects([frozen], false, true)?.severity).toBe('problem')
    expect(checkArchivedObjects([frozen], true, true)?.severity).toBe('note')
    expect(checkArchivedObjects([frozen], false, false)?.severity).toBe('note')
  })
  it('are not those of instant retrieval', () => {
    expect(checkArchivedObjects([object('a', 1, 'GLACIER_IR'), object('b', 1, 'STANDARD_IA')], false, false)).toBeNull()
  })
})

describe('B2: may it read as well as list', () => {
  it('tries an object with content that is not archived', () => {
    expect(objectToRead([object('a', 9, 'GLACIER'), object('dir/', 0), object('b', 2)])?.key).toBe('b')
    expect(objectToRead([object('dir/', 0)])?.key).toBe('dir/')
    expect(objectToRead([object('a', 9, 'GLACIER')])?.key).toBe('a')
  })
  it('E3: tells a key that lists but may not read', () => {
    expect(checkReadableObject(object('a'), { ok: false, error: refusal })).toMatchObject({
      code: 'object-not-readable', severity: 'problem', facts: { key: 'a', s3Code: 'AccessDenied' },
    })
  })
  it('E7: tells an archived object that the listing did not show', () => {
    const error = { ...refusal, s3Code: 'InvalidObjectState' }
    expect(checkReadableObject(object('a'), { ok: false, error })?.code).toBe('archived-object')
  })
  it('leaves what is not about the object to the general rules', () => {
    expect(checkReadableObject(object('a'), { ok: false, error: { ...refusal, httpStatus: 503 } })).toBeNull()
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
