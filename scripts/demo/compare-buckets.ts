import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3'
import { forEachAtOnce } from './for-each-at-once.ts'

const READS_AT_ONCE = 8
/** Times of its own, in the metadata of what it writes. */
const addedByRclone: ReadonlySet<string> = new Set(['mtime', 'btime'])

export interface BucketPlace {
  readonly client: S3Client
  readonly bucket: string
  /** Only keys below it count, and it is cut off before keys are compared. */
  readonly prefix: string
}

export interface Comparison {
  readonly objects: number
  readonly bytes: number
  /** Keys of the source that the destination has not. */
  readonly missing: readonly string[]
  /** Keys with another size, content, type or metadata, and keys that only the destination has. */
  readonly different: readonly string[]
}

/**
 * Compares two buckets by its own listing and by reading every byte of both sides: it shares nothing with the
 * service that copied, neither rclone nor the worker's word.
 */
export async function compareBuckets(source: BucketPlace, destination: BucketPlace): Promise<Comparison> {
  const [wanted, found] = await Promise.all([listSizes(source), listSizes(destination)])
  const missing = [...wanted.keys()].filter((key) => !found.has(key))
  const different = [...found.keys()].filter((key) => !wanted.has(key))
  const shared = [...wanted.keys()].filter((key) => found.has(key))
  await forEachAtOnce(shared, READS_AT_ONCE, async (key) => {
    if (wanted.get(key) !== found.get(key)) return void different.push(key)
    const [before, after] = await Promise.all([fingerprint(source, key), fingerprint(destination, key)])
    if (before !== after) different.push(key)
  })
  const bytes = [...found.values()].reduce((sum, size) => sum + size, 0)
  return { objects: found.size, bytes, missing, different }
}

async function listSizes({ client, bucket, prefix }: BucketPlace): Promise<Map<string, number>> {
  const sizes = new Map<string, number>()
  let token: string | undefined
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }))
    for (const { Key, Size } of page.Contents ?? []) sizes.set((Key ?? '').slice(prefix.length), Size ?? 0)
    token = page.NextContinuationToken
  } while (token !== undefined)
  return sizes
}

async function fingerprint({ client, bucket, prefix }: BucketPlace, key: string): Promise<string> {
  const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: prefix + key }))
  const hash = createHash('sha256')
  await pipeline(object.Body as Readable, hash)
  const metadata = Object.entries(object.Metadata ?? {}).filter(([name]) => !addedByRclone.has(name))
  return JSON.stringify([hash.digest('hex'), object.ContentType, metadata.sort()])
}
