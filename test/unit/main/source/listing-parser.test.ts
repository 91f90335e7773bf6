import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { AnswerTooLongError, limitAnswer } from '../../../../src/main/source/answer-limit.ts'
import { parseListing } from '../../../../src/main/source/listing-parser.ts'

const answer = { $metadata: {} }

describe('a page of a listing', () => {
  it('trap 5: is not what a web page turns into', () => {
    expect(parseListing(answer)).toBeNull()
    expect(parseListing({ ...answer, KeyCount: 0 })).toMatchObject({ objects: [], isTruncated: false, nextToken: null })
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
    })
    expect(page?.objects.map(({ isRestored }) => isRestored)).toEqual([true, false, false])
  })

  it('takes no size below nothing, and a last page for the end whatever token it brings', () => {
    const page = parseListing({
      ...answer,
      IsTruncated: false,
      NextContinuationToken: 'x',
      Contents: [{ Key: 'a', Size: -5 }, { Key: 'b', Size: NaN }, { Key: 'c', Size: 7 }, { Size: 1 }],
    })
    expect(page?.objects.map(({ bytes }) => bytes)).toEqual([0, 0, 7])
    expect(page?.nextToken).toBeNull()
  })
})

describe('an answer that is read as a whole', () => {
  const chunk = Buffer.alloc(1024 * 1024)
  it('passes unchanged up to the limit, and breaks off beyond it', async () => {
    const small = Readable.from([Buffer.from('ab'), Buffer.from('cd')])
    expect(Buffer.concat(await limitAnswer(small).toArray()).toString()).toBe('abcd')
    const flood = Readable.from(Array.from({ length: 20 }, () => chunk))
    await expect(limitAnswer(flood).toArray()).rejects.toThrow(AnswerTooLongError)
    expect(flood.destroyed).toBe(true)
  })

  it('is not begun before it is asked for', () => {
    const body = Readable.from([chunk])
    limitAnswer(body)
    expect(body.readableFlowing).toBeNull()
  })
})
