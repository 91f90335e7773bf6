import {
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3'
import { GIB, MAX_KEY_BYTES } from '#shared/domain/units.ts'
import { DEFAULT_STORAGE_CLASS, isArchivedObject, isRestoredByHeader } from './archive-rules.ts'

/** One object as a store tells it, by its key as it is (decoded). A hostile store cannot make it large. */
export interface ListedObject {
  /** At most `MAX_LISTED_KEY_BYTES` of UTF-8. */
  readonly key: string
  /** A whole number up to `MAX_OBJECT_BYTES`. */
  readonly size: number
  /** Without quotes; empty when the store gave none. */
  readonly etag: string
  /** Unix milliseconds; 0 when the store gave none. */
  readonly lastModifiedMs: number
  /** `STANDARD` where the store names none. */
  readonly storageClass: string
  /** S17: in an archive class, and no restored copy is readable. Of a destination: in an archive class. */
  readonly isArchived: boolean
}

/** The store answered 200 with something that is no listing, or with one that cannot be followed to its end. */
export class ListingUnusableError extends Error {
  override readonly name = 'ListingUnusableError'
}

/** It has an end, but further than this worker goes. */
export class ListingTooLargeError extends Error {
  override readonly name = 'ListingTooLargeError'
}

/** All objects of a listing, in S3's order or not. */
export type Listing = () => AsyncIterable<ListedObject>

export interface ListingInput {
  readonly client: S3Client
  readonly bucket: string
  readonly signal: AbortSignal
}

/** Where a page begins: at the first key, behind a key, or where an earlier page ended. */
export type PageStart =
  | { readonly kind: 'first' }
  | { readonly kind: 'after'; readonly key: string }
  | { readonly kind: 'token'; readonly token: string }

export interface ListedPage {
  readonly objects: readonly ListedObject[]
  /** Null after the last page. */
  readonly next: PageStart | null
}

/** S3's own limit; asked for in so many words, so that no page of any store needs more memory. */
const KEYS_PER_PAGE = 1_000
/** The longest that is known are some 3,000 characters: an encoded key of 1,024 bytes. */
const MAX_TOKEN_LENGTH = 8_192
/** Twice what S3 takes: other stores may take more. */
export const MAX_LISTED_KEY_BYTES = 2 * MAX_KEY_BYTES
/** S3's limit for one object since December 2025. */
const MAX_OBJECT_BYTES = 50 * 1024 * GIB
const MAX_CLASS_LENGTH = 64
const MAX_ETAG_LENGTH = 128

/** Throws the SDK's errors, and `ListingUnusableError`. */
export type ReadPage = (start: PageStart, signal: AbortSignal) => Promise<ListedPage>

/**
 * Reads the objects below a prefix page by page. An authentication error is never tried again (stores lock
 * accounts for that). `asksForRestores`: whether archived objects have a restored copy is asked as well, of a store
 * that understands the question.
 */
export function createPageReader(
  { client, bucket }: ListingInput,
  { prefix, asksForRestores }: { readonly prefix: string; readonly asksForRestores: boolean },
): ReadPage {
  let isAskingForRestores = asksForRestores
  const request = (start: PageStart): ListObjectsV2Command =>
    new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix,
      MaxKeys: KEYS_PER_PAGE,
      // XML cannot carry every character that a key may hold.
      EncodingType: 'url',
      ...(start.kind === 'after' ? { StartAfter: start.key } : {}),
      ...(start.kind === 'token' ? { ContinuationToken: start.token } : {}),
      ...(isAskingForRestores ? { OptionalObjectAttributes: ['RestoreStatus'] } : {}),
    })
  const send = async (start: PageStart, abortSignal: AbortSignal): Promise<ListObjectsV2CommandOutput> => {
    const isAsked = isAskingForRestores
    try {
      return await client.send(request(start), { abortSignal })
    } catch (error) {
      if (!isAsked || !isQuestionRefused(error)) throw error
      isAskingForRestores = false
      return await client.send(request(start), { abortSignal })
    }
  }
  return async (start, signal) => {
    const page = await send(start, signal)
    requireListing(page)
    return { objects: objectsOf(page), next: nextStart(page, start) }
  }
}

/** The one object with this key, or nothing. */
export async function* lookUpObject(input: ListingInput, key: string): AsyncGenerator<ListedObject> {
  try {
    const head = await input.client.send(new HeadObjectCommand({ Bucket: input.bucket, Key: key }), {
      abortSignal: input.signal,
    })
    if (head.ContentLength === undefined) throw new ListingUnusableError('an object was described without its size')
    yield toListedObject({ ...head, Key: key, Size: head.ContentLength }, isRestoredByHeader(head.Restore))
  } catch (error) {
    // A HEAD has no body to explain itself; 404 is all there is.
    if ((error as { name?: unknown }).name !== 'NotFound') throw error
  }
}

/** Known from stores that take no request header or attribute which they do not know. */
const refusals: ReadonlySet<string> = new Set(['NotImplemented', 'InvalidArgument', 'InvalidRequest', 'NotSupported'])

function isQuestionRefused(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } }
  return $metadata?.httpStatusCode === 501 || refusals.has(name ?? '')
}

// An HTML page that answers 200 parses to a listing in which every field is undefined.
function requireListing(page: ListObjectsV2CommandOutput): void {
  const { Name, IsTruncated, KeyCount, Contents } = page
  if ([Name, IsTruncated, KeyCount, Contents].every((field) => field === undefined)) {
    throw new ListingUnusableError('the endpoint does not answer like an S3 store')
  }
}

function objectsOf(page: ListObjectsV2CommandOutput): ListedObject[] {
  const objects = page.Contents ?? []
  if (objects.length > KEYS_PER_PAGE) {
    throw new ListingUnusableError(`a page of ${objects.length} objects instead of at most ${KEYS_PER_PAGE}`)
  }
  const decode = page.EncodingType === 'url' ? decodeUrlKey : (key: string): string => key
  return objects.map(({ Key, Size, RestoreStatus, ...facts }) => {
    if (Key === undefined || Size === undefined)
      throw new ListingUnusableError('an object was listed without key or size')
    return toListedObject({ ...facts, Key: decode(Key), Size }, RestoreStatus?.IsRestoreInProgress === false)
  })
}

function toListedObject(
  facts: {
    readonly Key: string
    readonly Size: number
    readonly ETag?: string | undefined
    readonly LastModified?: Date | undefined
    readonly StorageClass?: string | undefined
  },
  isRestored: boolean,
): ListedObject {
  const storageClass = cut(facts.StorageClass ?? DEFAULT_STORAGE_CLASS, MAX_CLASS_LENGTH)
  return {
    key: requireKey(facts.Key),
    size: requireSize(facts.Size),
    etag: cut((facts.ETag ?? '').replaceAll('"', ''), MAX_ETAG_LENGTH),
    lastModifiedMs: facts.LastModified?.getTime() ?? 0,
    storageClass,
    isArchived: isArchivedObject(storageClass, isRestored),
  }
}

function requireKey(key: string): string {
  const bytes = Buffer.byteLength(key)
  if (bytes > MAX_LISTED_KEY_BYTES) {
    throw new ListingUnusableError(`a listed key has ${bytes} bytes; no S3 store takes more than ${MAX_KEY_BYTES}`)
  }
  const own = cut(key, bytes)
  if (own !== key) throw new ListingUnusableError('a listed key is not valid UTF-8')
  return own
}

function requireSize(size: number): number {
  if (Number.isInteger(size) && size >= 0 && size <= MAX_OBJECT_BYTES) return size
  throw new ListingUnusableError(`an object is listed with a size of ${size} bytes`)
}

/** As a string of its own: a slice would keep the whole page in memory for as long as one of its objects is known. */
const cut = (text: string, length: number): string => Buffer.from(text.slice(0, length)).toString()

function nextStart(page: ListObjectsV2CommandOutput, start: PageStart): PageStart | null {
  if (page.IsTruncated !== true) return null
  const token = page.NextContinuationToken
  const isRepeated = start.kind === 'token' && token === start.token
  if (token === undefined || token === '' || token.length > MAX_TOKEN_LENGTH || isRepeated) {
    throw new ListingUnusableError('the store cut its listing short without saying how to go on')
  }
  return { kind: 'token', token }
}

/** As form data: `+` is a space, a real plus comes as `%2B`. */
function decodeUrlKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '))
  } catch {
    throw new ListingUnusableError('a listed key is not valid UTF-8')
  }
}
