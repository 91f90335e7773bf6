import {
  CreateBucketCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3'
import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { MIB } from '#shared/domain/units.ts'
import { copyObject } from '../../../server/worker/stragglers/copy-object.ts'
import { sendAsUtf8 } from '../../../server/worker/stragglers/kept-headers.ts'
import { AlreadyThereError } from '../../../server/worker/stragglers/never-overwrite.ts'
import { type CephRgw, type CephUser, startCephRgw } from './support/ceph-rgw.ts'
import {
  DESTINATION_BUCKET,
  destinationKey,
  type MigrationStage,
  SOURCE_BUCKET,
  sourceKey,
  startMigrationStage,
} from './support/migration-stage.ts'
import { bodyOfStrange, strangeKeys } from './support/straggler-keys.ts'

const kept = {
  ContentType: 'text/x-strange',
  CacheControl: 'max-age=5',
  ContentDisposition: 'attachment; filename="x.txt"',
  ContentEncoding: 'x-none',
  ContentLanguage: 'de',
} as const
const CAP = 20 * MIB

let rgw: CephRgw
let stage: MigrationStage
let source: S3Client
let destination: S3Client
const endings: (() => unknown)[] = []

function connect({ accessKeyId, secretAccessKey }: CephUser): S3Client {
  return new S3Client({
    endpoint: rgw.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
}

beforeAll(async () => {
  rgw = await startCephRgw([sourceKey, destinationKey])
  endings.push(rgw.stop)
  source = connect(sourceKey)
  destination = connect(destinationKey)
  await source.send(new CreateBucketCommand({ Bucket: SOURCE_BUCKET }))
  await destination.send(new CreateBucketCommand({ Bucket: DESTINATION_BUCKET }))
  stage = await startMigrationStage({ destinationEndpoint: rgw.endpoint, capBytesPerSecond: CAP })
  endings.push(stage.stop)
  await stage.startWorker()
})
afterAll(async () => {
  for (const end of endings.reverse()) await end()
})

const put = (Key: string, Body: string | Buffer, more: Partial<PutObjectCommandInput> = {}) =>
  source.send(new PutObjectCommand({ Bucket: SOURCE_BUCKET, Key, Body, ...more }))
const get = (client: S3Client, Bucket: string, Key: string): Promise<GetObjectCommandOutput> =>
  client.send(new GetObjectCommand({ Bucket, Key }))
const bodyOf = async (got: GetObjectCommandOutput): Promise<Buffer> =>
  Buffer.from((await got.Body?.transformToByteArray()) ?? [])

async function destinationKeys(prefix: string): Promise<readonly string[]> {
  const page = await destination.send(
    new ListObjectsV2Command({ Bucket: DESTINATION_BUCKET, Prefix: prefix, EncodingType: 'url' }),
  )
  expect(page.IsTruncated).toBe(false)
  return (page.Contents ?? []).map(({ Key = '' }) => decodeURIComponent(Key.replaceAll('+', ' ')))
}

async function migrate(...dispatch: Parameters<MigrationStage['dispatch']>) {
  const [target, prefix] = dispatch
  const id = await stage.dispatch(target, prefix, rgw.endpoint)
  await stage.handOver(id)
  return { id, end: await stage.waitForEnd(id) }
}

async function openUploads(prefix: string): Promise<number> {
  const page = await destination.send(new ListMultipartUploadsCommand({ Bucket: DESTINATION_BUCKET }))
  return (page.Uploads ?? []).filter(({ Key }) => Key?.startsWith(prefix)).length
}

/** What the other tests put is not of their business. */
const ownFolder = (): string => `${randomBytes(4).toString('hex')}/`

describe('B3: keys that rclone cannot carry, at a store that takes any key', () => {
  beforeAll(async () => {
    for (const key of strangeKeys) await put(key, bodyOfStrange(key), { ...kept, Metadata: { owner: 'ada' } })
  })

  test('all of a bucket arrive under the same keys, byte for byte, with type and metadata, and are verified', async () => {
    const { id, end } = await migrate({ kind: 'bucket' })

    expect(end).toMatchObject({ state: 'completed', progress: { totalObjects: strangeKeys.length, copiedObjects: strangeKeys.length } })
    expect(end.progress.copiedBytes).toBe(end.progress.totalBytes)
    expect((await destinationKeys('')).toSorted()).toEqual(strangeKeys.toSorted())
    for (const key of strangeKeys) {
      const got = await get(destination, DESTINATION_BUCKET, key)
      expect((await bodyOf(got)).toString(), key).toBe(bodyOfStrange(key))
      expect(got, key).toMatchObject({ ...kept, Metadata: { owner: 'ada' } })
    }
    const outcomes = new Set((await stage.report(id)).map(({ outcome }) => outcome))
    expect([...outcomes]).toEqual(['copied'])
    expect((await stage.log(id)).filter(({ level }) => level === 'error')).toEqual([])
  })

  test('B4: a second run copies none of them again', async () => {
    // The store dates in whole seconds: only from the next one on is what was there before told apart.
    const second = (): number => Math.floor(Date.now() / 1000)
    const before = second()
    await vi.waitUntil(() => second() > before, { timeout: 5_000 })
    const { id, end } = await migrate({ kind: 'bucket' })

    expect(end.state).toBe('completed')
    expect((await stage.log(id)).filter(({ text }) => text.startsWith('copied '))).toEqual([])
    expect(new Set((await stage.report(id)).map(({ outcome }) => outcome))).toEqual(new Set(['already-there']))
  })

  test.each(['from/', 'from//', './from/', 'from‛/'])('those below the folder %j land below another', async (folder) => {
    const own = ownFolder()
    const short = strangeKeys.filter((key) => Buffer.byteLength(key) < 900)
    for (const key of short) await put(own + folder + key, bodyOfStrange(key))
    const { end } = await migrate({ kind: 'folder', prefix: own + folder }, `to/${own}`)

    expect(end).toMatchObject({ state: 'completed', progress: { copiedObjects: short.length } })
    expect((await destinationKeys(`to/${own}`)).toSorted()).toEqual(short.map((key) => `to/${own}${key}`).toSorted())
  })

  // The API takes no other that is beyond rclone.
  test.each(['to‛/', 'to/．/'])('a destination folder %j is taken as it is written', async (folder) => {
    const own = ownFolder()
    await put(`${own}a`, 'a')
    await put(`${own}b//c`, 'c')
    const before = await destinationKeys('')
    const { end } = await migrate({ kind: 'folder', prefix: own }, folder + own)

    expect(end.state).toBe('completed')
    const added = (await destinationKeys('')).filter((key) => !before.includes(key))
    expect(added.toSorted()).toEqual([`${folder}${own}a`, `${folder}${own}b//c`].toSorted())
  })

  test('S2: a single one arrives', async () => {
    const own = ownFolder()
    await put(`${own}deep/..`, 'two dots')
    const { end } = await migrate({ kind: 'object', key: `${own}deep/..` }, own)

    expect(end.state).toBe('completed')
    expect((await bodyOf(await get(destination, DESTINATION_BUCKET, `${own}..`))).toString()).toBe('two dots')
  })

  test('one whose destination key is too long is an exception with its reason, and the rest arrives', async () => {
    const own = ownFolder()
    await put(`${own}fine`, 'fine')
    await put(own + 'k'.repeat(1024 - own.length), 'long')
    const { id, end } = await migrate({ kind: 'folder', prefix: own }, `longer/${own}`)

    expect(end.state).toBe('completed-with-exceptions')
    expect(await stage.exceptions(id)).toMatchObject([{ outcome: 'failed', reason: 'key-too-long' }])
    expect(await destinationKeys(`longer/${own}`)).toEqual([`longer/${own}fine`])
  })
})

describe('B3: large objects that the worker copies itself', () => {
  let own: string
  const film = randomBytes(70 * MIB)
  beforeEach(async () => {
    own = ownFolder()
    await put(`${own}a//film`, film, { ContentType: 'video/x', Metadata: { owner: 'ada' } })
  })
  const filmAtDestination = () => get(destination, DESTINATION_BUCKET, `${own}a//film`)

  test('S11: one arrives in parts, byte for byte, inside the cap, with its MD5 for later comparisons', async () => {
    const startedAt = Date.now()
    const { end } = await migrate({ kind: 'folder', prefix: own }, own)
    const seconds = (Date.now() - startedAt) / 1000

    expect(end).toMatchObject({ state: 'completed', progress: { copiedBytes: film.length, copiedObjects: 1 } })
    expect(seconds).toBeGreaterThanOrEqual((film.length / CAP) * 0.98)
    const got = await filmAtDestination()
    const md5chksum = createHash('md5').update(film).digest('base64')
    expect(got).toMatchObject({ ContentType: 'video/x', Metadata: { owner: 'ada', md5chksum } })
    expect(got.ETag).toMatch(/^"[0-9a-f]{32}-3"$/)
    expect((await bodyOf(got)).equals(film)).toBe(true)
  })

  test('S15: a cancelled one leaves nothing at the destination, not even open parts', async () => {
    const id = await stage.dispatch({ kind: 'folder', prefix: own }, own, rgw.endpoint)
    await stage.handOver(id)
    await expect.poll(() => openUploads(own), { timeout: 20_000 }).toBe(1)
    await stage.cancel(id)

    expect((await stage.waitForEnd(id)).state).toBe('cancelled')
    await expect.poll(() => openUploads(own), { timeout: 20_000 }).toBe(0)
    await expect(filmAtDestination()).rejects.toThrow(expect.objectContaining({ name: 'NoSuchKey' }))
  })

  test('one that changes while its parts are copied arrives as it is then, never mixed', async () => {
    const id = await stage.dispatch({ kind: 'folder', prefix: own }, own, rgw.endpoint)
    await stage.handOver(id)
    await expect.poll(() => openUploads(own), { timeout: 20_000 }).toBe(1)
    const remake = randomBytes(70 * MIB)
    await put(`${own}a//film`, remake)

    expect((await stage.waitForEnd(id)).state).toBe('completed')
    expect((await bodyOf(await filmAtDestination())).equals(remake)).toBe(true)
    expect(await openUploads(own)).toBe(0)
  })
})

describe('B3: what is told of an object in other than ASCII', () => {
  test('arrives as it was', async () => {
    const own = ownFolder()
    const facts = { ContentDisposition: 'attachment; filename="größe 日本.txt"', Metadata: { title: 'größe 🎉' } }
    // A stream: what Node does to headers depends on the body that follows.
    const body = { Body: Readable.from([Buffer.from('x')]), ContentLength: 1 }
    await source.send(sendAsUtf8(new PutObjectCommand({ Bucket: SOURCE_BUCKET, Key: `${own}a//x`, ...body, ...facts })))
    const { end } = await migrate({ kind: 'folder', prefix: own }, own)

    expect(end.state).toBe('completed')
    const head = await destination.send(new HeadObjectCommand({ Bucket: DESTINATION_BUCKET, Key: `${own}a//x` }))
    // Node reads headers as Latin-1.
    const read = (text: string | undefined): string => Buffer.from(text ?? '', 'latin1').toString()
    expect(read(head.ContentDisposition)).toBe(facts.ContentDisposition)
    expect(read(head.Metadata?.['title'])).toBe(facts.Metadata.title)
  })
})

describe('B4: never overwriting, at a store that takes any key', () => {
  test.each([1, 65 * MIB])('what appears at the destination while the worker copies %d bytes keeps what it has', async (bytes) => {
    const own = ownFolder()
    const key = `${own}a//x`
    await put(key, Buffer.alloc(bytes, 7))
    const { signal } = new AbortController()
    let isDisturbed = false
    /** As the object is passed on: the destination has been asked before. */
    const disturb = async (): Promise<void> => {
      if (isDisturbed) return
      isDisturbed = true
      await destination.send(new PutObjectCommand({ Bucket: DESTINATION_BUCKET, Key: key, Body: 'theirs' }))
    }
    const copying = copyObject({
      ends: {
        source: { client: source, bucket: SOURCE_BUCKET, signal },
        destination: { client: destination, bucket: DESTINATION_BUCKET, signal },
      },
      signal,
      rate: { take: disturb },
      sourceKey: key,
      destinationKey: key,
      bytes,
      isEtagOpaque: false,
      existing: 'never-overwrite',
      onBytes: () => undefined,
    })

    await expect(copying).rejects.toThrow(AlreadyThereError)
    expect((await bodyOf(await get(destination, DESTINATION_BUCKET, key))).toString()).toBe('theirs')
    expect(await openUploads(own)).toBe(0)
  })

  test('a folder’s own object that would get an empty key is an exception in words, and the rest arrives', async () => {
    const own = ownFolder()
    await put(own, 'twenty bytes of its own')
    await put(`${own}${own}x`, 'x')
    const { id, end } = await migrate({ kind: 'folder', prefix: own })

    expect(end.state).toBe('completed-with-exceptions')
    expect(await stage.exceptions(id)).toMatchObject([{ key: own, outcome: 'failed', reason: 'key-refused' }])
    expect(await destinationKeys(own)).toEqual([`${own}x`])
  })
})
