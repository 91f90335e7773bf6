import type { S3Client } from '@aws-sdk/client-s3'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import { MIB } from '#shared/domain/units.ts'
import { createMilestones } from '../../../../../server/worker/inventory/milestones.ts'
import { ListingUnusableError } from '../../../../../server/worker/inventory/object-listing.ts'
import { listObjects, listTarget } from '../../../../../server/worker/inventory/store-listing.ts'
import { collect, listed } from './support/listed.ts'

const { signal } = new AbortController()

/** A client that answers with these pages, one per request, and keeps what it was asked. */
function fakeClient(...answers: readonly (object | Error)[]) {
  const asked: Record<string, unknown>[] = []
  const send = (command: { input: Record<string, unknown> }): Promise<object> => {
    const answer = answers[asked.push(command.input) - 1]
    return answer instanceof Error || answer === undefined
      ? Promise.reject(answer ?? new Error('asked too often'))
      : Promise.resolve(answer)
  }
  return { client: { send } as unknown as S3Client, asked }
}

/** The engine's own, without a flag for all tests. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}

const entry = (Key: string, Size = 1) => ({ Key, Size, ETag: '"abc"', LastModified: new Date(5_000) })
const page = (...Contents: object[]) => ({
  Name: 'b',
  KeyCount: Contents.length,
  IsTruncated: false,
  Contents,
  EncodingType: 'url',
})

const from = (client: S3Client) => ({ client, bucket: 'b', signal, milestones: createMilestones() })
const list = (client: S3Client, prefix = '') => collect(listObjects(from(client), prefix))
const listAll = (client: S3Client, target: SourceTarget) => collect(listTarget(from(client), target))

describe('listing a store', () => {
  test('S12: all pages are followed, in order, with the prefix', async () => {
    const { client, asked } = fakeClient(
      { ...page(entry('p/a', 3)), IsTruncated: true, NextContinuationToken: 't1' },
      page(entry('p/b')),
    )
    expect(await list(client, 'p/')).toEqual([
      listed('p/a', { size: 3, etag: 'abc', lastModifiedMs: 5_000 }),
      listed('p/b', { etag: 'abc', lastModifiedMs: 5_000 }),
    ])
    expect(asked).toMatchObject([
      { Prefix: 'p/', EncodingType: 'url' },
      { Prefix: 'p/', ContinuationToken: 't1' },
    ])
  })

  test('keys come decoded when the store says that it encoded them, and as they are when it does not', async () => {
    const encoded = 'a+b%2Bc%20%F0%9F%8E%89'
    expect((await list(fakeClient(page(entry(encoded))).client)).map(({ key }) => key)).toEqual(['a b+c 🎉'])
    expect(
      (await list(fakeClient({ ...page(entry(encoded)), EncodingType: undefined }).client)).map(({ key }) => key),
    ).toEqual([encoded])
  })

  test.each([
    ['cut short without a token', { ...page(entry('a')), IsTruncated: true }],
    ['an HTML page that answers 200', { $metadata: { httpStatusCode: 200 } }],
    ['an object without size', page({ Key: 'a' })],
    ['a key that is no UTF-8', page(entry('%FF'))],
  ])('E9: what cannot be followed to its end is an error, not a short listing: %s', async (_name, answer) => {
    await expect(list(fakeClient(answer).client)).rejects.toThrow(ListingUnusableError)
  })

  const keyOf = (bytes: number): string => 'é'.repeat(bytes / 2)
  test.each([
    ['a key no store takes', page(entry(keyOf(2_050)))],
    ['a key of a half character', { ...page(entry('half \ud83d')), EncodingType: undefined }],
    ['more objects than asked for', page(...Array.from({ length: 1_001 }, (_, index) => entry(`k${String(index)}`)))],
    ['an endless token', { ...page(entry('a')), IsTruncated: true, NextContinuationToken: 't'.repeat(8_193) }],
    ['a negative size', page(entry('a', -1))],
    ['half a byte', page(entry('a', 1.5))],
    ['no number', page(entry('a', Number.NaN))],
    ['4 PB in one object', page(entry('a', 4e15))],
  ])('S12: a hostile listing fills no memory and poisons no sum: %s', async (_name, answer) => {
    await expect(list(fakeClient(answer).client)).rejects.toThrow(ListingUnusableError)
  })

  test('S12: a single object is held to the same', async () => {
    const { client } = fakeClient({ ContentLength: 4e15 })
    await expect(listAll(client, { kind: 'object', key: 'k' })).rejects.toThrow(ListingUnusableError)
  })

  test('S12: what stores take is taken: keys of twice S3’s length, objects of 50 TiB, pages of 1,000', async () => {
    const large = entry(keyOf(2_048), 50 * 2 ** 40)
    const others = Array.from({ length: 999 }, (_, index) => entry(`k${String(index)}`))
    const { client, asked } = fakeClient(page(large, ...others))
    const objects = await list(client)
    expect(objects).toHaveLength(1_000)
    expect(objects[0]).toMatchObject({ key: large.Key, size: large.Size })
    expect(asked).toMatchObject([{ MaxKeys: 1_000 }])
  })

  test('S12: classes and ETags are cut to what any store gives', async () => {
    const facts = { StorageClass: 'C'.repeat(1_000_000), ETag: `"${'e'.repeat(1_000_000)}"` }
    const [object] = await list(fakeClient(page({ ...entry('a'), ...facts })).client)
    expect(object).toMatchObject({ storageClass: 'C'.repeat(64), etag: 'e'.repeat(128) })
  })

  test('S12: an object that is kept does not keep its page', async () => {
    const collectGarbage = garbageCollector()
    const usedBytes = async (): Promise<number> => {
      // What has just been awaited is let go with the next turn.
      await new Promise(setImmediate)
      collectGarbage()
      return process.memoryUsage().heapUsed
    }
    const before = await usedBytes()
    const kept = []
    for (let index = 0; index < 50; index += 1) {
      const text = 'x'.repeat(MIB)
      const facts = { Key: text.slice(0, 100), ETag: text.slice(100, 200), StorageClass: text.slice(200, 250) }
      kept.push(...(await list(fakeClient(page({ ...entry(''), ...facts })).client)))
    }
    expect(kept).toHaveLength(50)
    expect((await usedBytes()) - before).toBeLessThan(10 * MIB)
  })

  test('E9: a token that repeats itself ends the listing instead of going round for ever', async () => {
    const same = { ...page(entry('a')), IsTruncated: true, NextContinuationToken: 't' }
    await expect(list(fakeClient(same, same, same).client)).rejects.toThrow(ListingUnusableError)
  })

  test('an empty bucket is an empty listing', async () => {
    expect(await list(fakeClient({ Name: 'b', KeyCount: 0, IsTruncated: false }).client)).toEqual([])
  })
})

describe('listing what is to be copied', () => {
  test('S2: a folder’s own empty marker is not an object of it; other markers are', async () => {
    const { client } = fakeClient(page(entry('p/', 0), entry('p/a'), entry('p/sub/', 0)))
    expect((await listAll(client, { kind: 'folder', prefix: 'p/' })).map(({ key }) => key)).toEqual(['p/a', 'p/sub/'])
  })

  test('S2: a single object is looked up by its key', async () => {
    const { client, asked } = fakeClient({ ContentLength: 7, ETag: '"e"', LastModified: new Date(1_000) })
    expect(await listAll(client, { kind: 'object', key: 'a/b' })).toEqual([
      listed('a/b', { size: 7, etag: 'e', lastModifiedMs: 1_000 }),
    ])
    expect(asked).toEqual([{ Bucket: 'b', Key: 'a/b' }])
  })

  test('E5: an object that is gone is an empty listing; a refusal stays an error', async () => {
    const notFound = Object.assign(new Error(), { name: 'NotFound' })
    expect(await listAll(fakeClient(notFound).client, { kind: 'object', key: 'k' })).toEqual([])
    const refused = Object.assign(new Error(), { name: '403' })
    await expect(listAll(fakeClient(refused).client, { kind: 'object', key: 'k' })).rejects.toBe(refused)
  })
})

describe('S17: what must be restored first', () => {
  const inClass = (StorageClass: string, RestoreStatus?: object) =>
    page({ ...entry('k'), StorageClass, ...(RestoreStatus === undefined ? {} : { RestoreStatus }) })
  const restored = { IsRestoreInProgress: false, RestoreExpiryDate: new Date(9_000) }

  test.each([
    ['GLACIER', undefined, true],
    ['DEEP_ARCHIVE', undefined, true],
    ['DEEP_ARCHIVE', { IsRestoreInProgress: true }, true],
    ['GLACIER', restored, false],
    ['GLACIER_IR', undefined, false],
    ['STANDARD_IA', undefined, false],
  ])('listed: %s %o', async (storageClass, restore, isArchived) => {
    const [object] = await listAll(fakeClient(inClass(storageClass, restore)).client, { kind: 'bucket' })
    expect(object).toMatchObject({ storageClass, isArchived })
  })

  test.each([
    [undefined, true],
    ['ongoing-request="true"', true],
    ['ongoing-request="false", expiry-date="Fri, 21 Dec 2026 00:00:00 GMT"', false],
  ])('a single object, whose header says %s', async (Restore, isArchived) => {
    const { client } = fakeClient({ ContentLength: 7, StorageClass: 'GLACIER', Restore })
    expect(await listAll(client, { kind: 'object', key: 'k' })).toMatchObject([{ isArchived }])
  })

  test('restores are asked for at the source, and nothing of the kind at the destination', async () => {
    const [source, destination] = [fakeClient(page()), fakeClient(page())]
    await listAll(source.client, { kind: 'bucket' })
    await list(destination.client)
    expect(source.asked[0]).toMatchObject({ OptionalObjectAttributes: ['RestoreStatus'] })
    expect(destination.asked[0]).not.toHaveProperty('OptionalObjectAttributes')
  })

  test.each([
    ['an unknown request', { name: 'NotImplemented', $metadata: { httpStatusCode: 501 } }],
    ['a status alone', { name: 'UnknownError', $metadata: { httpStatusCode: 501 } }],
    ['an unknown header', { name: 'InvalidArgument', $metadata: { httpStatusCode: 400 } }],
  ])('a store that refuses the question as %s is listed without it, and not asked again', async (_name, facts) => {
    const refusal = Object.assign(new Error(), facts)
    const cut = { ...page(entry('a')), IsTruncated: true, NextContinuationToken: 't1' }
    const { client, asked } = fakeClient(refusal, cut, page(entry('b')))
    expect((await listAll(client, { kind: 'bucket' })).map(({ key }) => key)).toEqual(['a', 'b'])
    expect(asked.map((input) => Object.hasOwn(input, 'OptionalObjectAttributes'))).toEqual([true, false, false])
  })

  test('E1: a refused key is not tried again without the question: stores lock accounts for that', async () => {
    const refusal = Object.assign(new Error(), { name: 'InvalidAccessKeyId', $metadata: { httpStatusCode: 403 } })
    const { client, asked } = fakeClient(refusal, page())
    await expect(listAll(client, { kind: 'bucket' })).rejects.toBe(refusal)
    expect(asked).toHaveLength(1)
  })
})
