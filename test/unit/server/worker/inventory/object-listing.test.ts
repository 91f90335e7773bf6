import type { S3Client } from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import {
  type ListedObject,
  ListingUnusableError,
  listObjects,
  listTarget,
} from '../../../../../server/worker/inventory/object-listing.ts'

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

const entry = (Key: string, Size = 1) => ({ Key, Size, ETag: '"abc"', LastModified: new Date(5_000) })
const page = (...Contents: object[]) => ({
  Name: 'b',
  KeyCount: Contents.length,
  IsTruncated: false,
  Contents,
  EncodingType: 'url',
})

async function collect(objects: AsyncIterable<ListedObject>): Promise<readonly ListedObject[]> {
  const all: ListedObject[] = []
  for await (const object of objects) all.push(object)
  return all
}
const list = (client: S3Client, prefix = '') => collect(listObjects({ client, bucket: 'b', signal }, prefix))
const listAll = (client: S3Client, target: SourceTarget) => collect(listTarget({ client, bucket: 'b', signal }, target))

describe('listing a store', () => {
  test('S12: all pages are followed, in order, with the prefix', async () => {
    const { client, asked } = fakeClient(
      { ...page(entry('p/a', 3)), IsTruncated: true, NextContinuationToken: 't1' },
      page(entry('p/b')),
    )
    expect(await list(client, 'p/')).toEqual([
      { key: 'p/a', size: 3, etag: 'abc', lastModifiedMs: 5_000 },
      { key: 'p/b', size: 1, etag: 'abc', lastModifiedMs: 5_000 },
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
      { key: 'a/b', size: 7, etag: 'e', lastModifiedMs: 1_000 },
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
