import {
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3'
import type { SourceTarget } from '#shared/domain/s3-location-model.ts'

/** One object as a store tells it, by its key as it is (decoded). */
export interface ListedObject {
  readonly key: string
  readonly size: number
  /** Without quotes; empty when the store gave none. */
  readonly etag: string
  /** Unix milliseconds; 0 when the store gave none. */
  readonly lastModifiedMs: number
}

/** The store answered 200 with something that is no listing, or with one that cannot be followed to its end. */
export class ListingUnusableError extends Error {
  override readonly name = 'ListingUnusableError'
}

export interface ListingInput {
  readonly client: S3Client
  readonly bucket: string
  readonly signal: AbortSignal
}

/**
 * Every object below a prefix, one page in memory at a time. Throws the SDK's errors, and
 * `ListingUnusableError`; an authentication error is never tried again (stores lock accounts for that).
 */
export async function* listObjects(input: ListingInput, prefix: string): AsyncGenerator<ListedObject> {
  let token: string | undefined
  do {
    const page = await input.client.send(
      // URL encoding: XML cannot carry every character that a key may hold.
      new ListObjectsV2Command({ Bucket: input.bucket, Prefix: prefix, EncodingType: 'url', ContinuationToken: token }),
      { abortSignal: input.signal },
    )
    requireListing(page)
    const decode = page.EncodingType === 'url' ? decodeUrlKey : (key: string): string => key
    for (const { Key, Size, ETag, LastModified } of page.Contents ?? []) {
      if (Key === undefined || Size === undefined)
        throw new ListingUnusableError('an object was listed without key or size')
      yield { key: decode(Key), size: Size, etag: bareEtag(ETag), lastModifiedMs: LastModified?.getTime() ?? 0 }
    }
    token = nextToken(page, token)
  } while (token !== undefined)
}

/** The objects of a source, as the target says; a single object that is not there is an empty listing. */
export async function* listTarget(input: ListingInput, target: SourceTarget): AsyncGenerator<ListedObject> {
  switch (target.kind) {
    case 'bucket':
      yield* listObjects(input, '')
      return
    case 'folder':
      for await (const object of listObjects(input, target.prefix)) {
        // The chosen folder's own marker is the folder itself; at the destination that is the prefix.
        if (object.key !== target.prefix || object.size > 0) yield object
      }
      return
    case 'object':
      yield* lookUpObject(input, target.key)
  }
}

/** The one object with this key, or nothing. */
export async function* lookUpObject(input: ListingInput, key: string): AsyncGenerator<ListedObject> {
  try {
    const head = await input.client.send(new HeadObjectCommand({ Bucket: input.bucket, Key: key }), {
      abortSignal: input.signal,
    })
    if (head.ContentLength === undefined) throw new ListingUnusableError('an object was described without its size')
    yield {
      key,
      size: head.ContentLength,
      etag: bareEtag(head.ETag),
      lastModifiedMs: head.LastModified?.getTime() ?? 0,
    }
  } catch (error) {
    // A HEAD has no body to explain itself; 404 is all there is.
    if ((error as { name?: unknown }).name !== 'NotFound') throw error
  }
}

// An HTML page that answers 200 parses to a listing in which every field is undefined.
function requireListing(page: ListObjectsV2CommandOutput): void {
  const { Name, IsTruncated, KeyCount, Contents } = page
  if ([Name, IsTruncated, KeyCount, Contents].every((field) => field === undefined)) {
    throw new ListingUnusableError('the endpoint does not answer like an S3 store')
  }
}

function nextToken(page: ListObjectsV2CommandOutput, previous: string | undefined): string | undefined {
  if (page.IsTruncated !== true) return undefined
  const token = page.NextContinuationToken
  if (token === undefined || token === '' || token === previous) {
    throw new ListingUnusableError('the store cut its listing short without saying how to go on')
  }
  return token
}

/** As form data: `+` is a space, a real plus comes as `%2B`. */
function decodeUrlKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '))
  } catch {
    throw new ListingUnusableError('a listed key is not valid UTF-8')
  }
}

const bareEtag = (etag: string | undefined): string => (etag ?? '').replaceAll('"', '')
