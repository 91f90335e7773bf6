import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MIB } from '#shared/domain/units.ts'
import {
  DESTINATION_BUCKET,
  type MigrationStage,
  SOURCE_BUCKET,
  startMigrationStage,
} from './support/migration-stage.ts'

const objects: Readonly<Record<string, Buffer>> = {
  'top.txt': Buffer.from('at the top'),
  'empty.bin': Buffer.alloc(0),
  'photos/2026/first.jpg': randomBytes(3_000),
  'photos/2026/größe 日本 🎉.jpg': randomBytes(40_000),
  'photos/a b+c%20&=?#.txt': Buffer.from('odd'),
  'photos/zero': Buffer.alloc(0),
  'photos.txt': Buffer.from('beside the folder'),
  'big/film.mp4': randomBytes(66 * MIB),
}
const allKeys = Object.keys(objects)

async function listKeys(client: S3Client, prefix: string): Promise<readonly string[]> {
  const page = await client.send(new ListObjectsV2Command({ Bucket: DESTINATION_BUCKET, Prefix: prefix }))
  return (page.Contents ?? []).map(({ Key }) => Key ?? '')
}

async function hashOf(client: S3Client, bucket: string, key: string): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  return createHash('sha256')
    .update((await Body?.transformToByteArray()) ?? '')
    .digest('hex')
}

describe('a migration from dispatch to its end', () => {
  let stage: MigrationStage

  beforeAll(async () => {
    stage = await startMigrationStage()
    for (const [key, body] of Object.entries(objects)) {
      await stage.source.send(
        new PutObjectCommand({
          Bucket: SOURCE_BUCKET,
          Key: key,
          Body: body,
          ContentType: 'image/x-test',
          CacheControl: 'max-age=60',
          Metadata: { owner: 'ada' },
        }),
      )
    }
    await stage.startWorker()
  })
  afterAll(() => stage.stop())

  test('S2 S10 S12 B3: a whole bucket arrives equal below the prefix, with totals that match to the byte', async () => {
    const id = await stage.dispatch({ kind: 'bucket' }, 'all/')
    await stage.handOver(id)
    const end = await stage.waitForEnd(id)

    expect(end).toMatchObject({ state: 'completed', attempt: 1, failure: null, sealingKey: null })
    const bytes = Object.values(objects).reduce((sum, body) => sum + body.length, 0)
    expect(end.progress).toEqual({
      copiedBytes: bytes,
      totalBytes: bytes,
      copiedObjects: allKeys.length,
      totalObjects: allKeys.length,
      bytesPerSecond: null,
      verifiedObjects: null,
      remainingSeconds: null,
      remainingNote: null,
    })
    expect(end.verification).toMatchObject({
      copied: { bytes, objects: allKeys.length },
      byChecksumObjects: allKeys.length,
      bySizeObjects: 0,
    })
    expect(end.inventory?.storageClasses).toEqual([{ storageClass: 'STANDARD', bytes, objects: allKeys.length }])
    expect(end.startedAt).not.toBeNull()
    expect(end.finishedAt).not.toBeNull()
    expect((await listKeys(stage.destination, 'all/')).toSorted()).toEqual(
      allKeys.map((key) => `all/${key}`).toSorted(),
    )
    for (const key of allKeys) {
      expect(await hashOf(stage.destination, DESTINATION_BUCKET, `all/${key}`), key).toBe(
        await hashOf(stage.source, SOURCE_BUCKET, key),
      )
    }
  })

  test('S2: content type, headers and metadata of an object arrive too', async () => {
    const id = await stage.dispatch({ kind: 'object', key: 'photos/2026/first.jpg' }, 'one/')
    await stage.handOver(id)
    expect((await stage.waitForEnd(id)).state).toBe('completed')

    expect(await listKeys(stage.destination, 'one/')).toEqual(['one/first.jpg'])
    const head = await stage.destination.send(
      new HeadObjectCommand({ Bucket: DESTINATION_BUCKET, Key: 'one/first.jpg' }),
    )
    expect(head.ContentType).toBe('image/x-test')
    expect(head.Metadata).toMatchObject({ owner: 'ada' })
  })

  test('S2 S4: a folder lands with its paths below the prefix, and not what only begins like it', async () => {
    const id = await stage.dispatch({ kind: 'folder', prefix: 'photos/' }, 'mirror/photos/')
    await stage.handOver(id)
    expect((await stage.waitForEnd(id)).state).toBe('completed')

    expect((await listKeys(stage.destination, 'mirror/')).toSorted()).toEqual(
      allKeys
        .filter((key) => key.startsWith('photos/'))
        .map((key) => `mirror/${key}`)
        .toSorted(),
    )
  })

  test('B4: a second run counts what is there already and completes with the same totals', async () => {
    const id = await stage.dispatch({ kind: 'folder', prefix: 'photos/' }, 'mirror/photos/')
    await stage.handOver(id)
    const end = await stage.waitForEnd(id)

    expect(end).toMatchObject({
      state: 'completed',
      progress: { copiedObjects: 4, totalObjects: 4, copiedBytes: 43_003, totalBytes: 43_003 },
    })
    expect((await stage.log(id)).map(({ text }) => text)).not.toContainEqual(expect.stringMatching(/^copied photos/))
  })

  test('S13: recent activity names what was copied, in words', async () => {
    const id = await stage.dispatch({ kind: 'folder', prefix: 'photos/2026/' }, 'activity/')
    await stage.handOver(id)
    await stage.waitForEnd(id)

    const lines = await stage.log(id)
    expect(lines.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        'a worker waits for the source secret',
        'copied photos/2026/first.jpg',
        '2 objects verified by checksum, 0 by size',
      ]),
    )
    expect(lines.map(({ sequence }) => sequence)).toEqual(lines.map((_line, index) => index + 1))
  })

  test('E5: a folder that holds nothing when the copy starts is a failure, not an empty success', async () => {
    const id = await stage.dispatch({ kind: 'folder', prefix: 'nothing/' }, 'empty/')
    await stage.handOver(id)

    expect(await stage.waitForEnd(id)).toMatchObject({
      state: 'failed',
      failure: { code: 'source-not-found', side: 'source', exitCode: 3 },
    })
  })

  test('E2 S16: a wrong secret ends as the source’s failure with rclone’s exit code', async () => {
    const id = await stage.dispatch({ kind: 'bucket' }, 'wrong/')
    await stage.handOver(id, 'not-the-secret-of-this-key')
    const end = await stage.waitForEnd(id)

    expect(end).toMatchObject({ state: 'failed', failure: { code: 'signature-mismatch', side: 'source', exitCode: 1 } })
    expect(end.failure?.message).toContain('SignatureDoesNotMatch')
    expect(await listKeys(stage.destination, 'wrong/')).toEqual([])
  })
})
