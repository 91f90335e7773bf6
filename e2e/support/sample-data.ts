import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { forEachAtOnce } from '../../scripts/demo/for-each-at-once.ts'

const KIB = 1024
const UPLOADS_AT_ONCE = 12

/** Small: is copied before one has looked. */
export const PHOTOS = 'photo-album'
/** 24.0 MB: under the cap of these tests it takes most of a minute. */
export const ARCHIVE = 'slow-archive'
/** 2.00 MB, a few seconds: time to close the window, no time to wait. */
export const NOTES = 'few-notes'
/** 6.00 MB, a dozen seconds: time to lose the source and to find it again. */
export const RECORDINGS = 'field-recordings'
/** 1,200 tiny ones: more than one page of a listing. */
export const LETTERS = 'many-letters'
export const EMPTY = 'empty-bucket'
export const sourceBuckets = [PHOTOS, ARCHIVE, NOTES, RECORDINGS, LETTERS, EMPTY] as const

/** Bytes per second of each migration of these tests. */
export const TEST_CAP = 512 * KIB

const photoKeys = [
  'docs/report.pdf', 'docs/Übersicht & Pläne.txt', 'photos/2024/beach.jpg', 'photos/2024/Café am Meer.jpg', 'photos/2025/東京.jpg', 'empty', 'readme.txt',
]

/** @param dataFolder of the store; what is written there before anybody has listed it is there as if uploaded */
export async function fillSource(client: S3Client, dataFolder: string): Promise<void> {
  await Promise.all(numbers(1200, 4).map((i) => writeFile(join(dataFolder, LETTERS, `letter ${i}.txt`), `Dear ${i}`)))
  const objects: [bucket: string, key: string, bytes: number][] = [
    ...photoKeys.map((key): [string, string, number] => [PHOTOS, key, key === 'empty' ? 0 : 4 * KIB]),
    ...numbers(400).map((i): [string, string, number] => [ARCHIVE, `part-${i}/data.bin`, 60_000]),
    ...numbers(40).map((i): [string, string, number] => [NOTES, `note ${i}.txt`, 50_000]),
    ...numbers(120).map((i): [string, string, number] => [RECORDINGS, `take ${i}.wav`, 50_000]),
  ]
  await forEachAtOnce(objects, UPLOADS_AT_ONCE, ([bucket, key, bytes]) => putObject(client, bucket, key, bytes))
}

export async function createBucket(client: S3Client, bucket: string): Promise<void> {
  await client.send(new CreateBucketCommand({ Bucket: bucket }))
}

/** What is really in a bucket: SHA-256 of each object by key. Reads the store itself, past the app and the API. */
export async function readBucket(client: S3Client, bucket: string, prefix = ''): Promise<Record<string, string>> {
  const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }))
  const keys = (page.Contents ?? []).map(({ Key }) => Key ?? '').sort()
  const entries = keys.map(async (key): Promise<[string, string]> => {
    const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    const bytes = (await object.Body?.transformToByteArray()) ?? new Uint8Array()
    return [key, createHash('sha256').update(bytes).digest('hex')]
  })
  return Object.fromEntries(await Promise.all(entries))
}

export async function putObject(client: S3Client, bucket: string, key: string, bytes: number): Promise<void> {
  const unit = createHash('sha512').update(key).digest()
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: Buffer.alloc(bytes, unit) }))
}

const numbers = (count: number, digits = 3): string[] => Array.from({ length: count }, (_, i) => String(i).padStart(digits, '0'))
