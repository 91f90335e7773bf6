import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { AnswerTooLongError, limitAnswer } from '../../../../src/main/source/answer-limit.ts'
import { MAX_OBJECT_BYTES } from '../../../../src/main/source/listed-limits.ts'
import { parseListing } from '../../../../src/main/source/listing-parser.ts'

const answer = { $metadata: {} }
const MAX_KEYS = 1_000

describe('a page of a listing', () => {
  it('trap 5: is not what a web page turns into', () => {
    expect(parseListing(answer, MAX_KEYS)).toBeNull()
    expect(parseListing({ ...answer, KeyCount: 0 }, MAX_KEYS)).toMatchObject({ objects: [], isTruncated: false, nextToken: null })
  })

  it('S17: restored means readable now, not on its way', () => {
    const RestoreExpiryDate = new Date('2099-01-01')
    const page = parseListing({
      ...answer,
      Contents: [
        { Key: 'ready', StorageClass: 'GLACIER', RestoreStatus: { IsRestoreInProgress: false, RestoreExpiryDate } },
        { Key: 'on its way', StorageClass: 'GLACIER', RestoreStatus: { IsRestoreInProgress: true, RestoreExpiryDate } },
        { Key: 'untold', StorageClass: 'GLACIER' },
      ],
    }, MAX_KEYS)
    expect(page?.objects.map(({ isRestored }) => isRestored)).toEqual([true, false, false])
  })

  it('takes no size below nothing, and a last page for the end whatever token it brings', () => {
    const page = parseListing({
      ...answer,
      IsTruncated: false,
      NextContinuationToken: 'x',
      Contents: [{ Key: 'a', Size: -5 }, { Key: 'b', Size: NaN }, { Key: 'c', Size: 7 }, { Size: 1 }],
    }, MAX_KEYS)
    expect(page?.objects.map(({ bytes }) => bytes)).toEqual([0, 0, 7])
    expect(page?.nextToken).toBeNull()
  })

  it('takes a size for no more than an object can hold, and whole', () => {
    const sizes = [Infinity, 1e300, 2 ** 53, MAX_OBJECT_BYTES, 1.5].map((Size, n) => ({ Key: String(n), Size }))
    const page = parseListing({ ...answer, Contents: sizes }, MAX_KEYS)
    expect(page?.objects.map(({ bytes }) => bytes)).toEqual([MAX_OBJECT_BYTES, MAX_OBJECT_BYTES, MAX_OBJECT_BYTES, MAX_OBJECT_BYTES, 1])
  })

  it('takes no more of a page than was asked for, and tells that there is more', () => {
    const [Contents, CommonPrefixes] = [[{ Key: 'a' }, { Key: 'b' }, { Key: 'c' }], [{ Prefix: 'a/' }, { Prefix: 'b/' }, { Prefix: 'c/' }]]
    for (const more of [{ Contents }, { CommonPrefixes, KeyCount: 3 }]) {
      const page = parseListing({ ...answer, ...more, IsTruncated: true, NextContinuationToken: 'x' }, 2)
      expect(page).toMatchObject({ isTruncated: true, nextToken: null })
      expect((page?.objects.length ?? 0) + (page?.folders.length ?? 0)).toBe(2)
    }
    expect(parseListing({ ...answer, Contents }, 3)).toMatchObject({ isTruncated: false, objects: { length: 3 } })
  })

  it('takes no storage class of any length', () => {
    const page = parseListing({ ...answer, Contents: [{ Key: 'a', StorageClass: 'X'.repeat(5_000) as 'STANDARD' }] }, MAX_KEYS)
    expect(page?.objects[0]?.storageClass).toHaveLength(64)
  })
})

describe('an answer that is read as a whole', () => {
  const chunk = Buffer.alloc(1024 * 1024)
  it('passes unchanged up to the limit, and breaks off beyond it', async () => {
    const small = Readable.from([Buffer.from('ab'), Buffer.from('cd')])
    expect(Buffer.concat(await limitAnswer(small).toArray()).toString()).toBe('abcd')
    expect(await limitAnswer(Readable.from(Array.from({ length: 4 }, () => chunk))).toArray()).toHaveLength(4)
    const flood = Readable.from(Array.from({ length: 5 }, () => chunk))
    await expect(limitAnswer(flood).toArray()).rejects.toThrow(AnswerTooLongError)
    expect(flood.destroyed).toBe(true)
  })

  it('is not begun before it is asked for', () => {
    const body = Readable.from([chunk])
    limitAnswer(body)
    expect(body.readableFlowing).toBeNull()
  })
})
