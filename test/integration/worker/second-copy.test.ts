import { GetObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import { type AnyKeyStore, type AnyKeyStoreOptions, startAnyKeyStore } from './support/any-key-store.ts'
import { minutesAgo, putDatedObject } from './support/dated-objects.ts'
import {
  DESTINATION_BUCKET,
  type MigrationStage,
  SOURCE_BUCKET,
  startMigrationStage,
} from './support/migration-stage.ts'

const MULTIPART_ETAG = `${'a'.repeat(32)}-2`
/** 32 hexadecimal digits, and the MD5 of nothing. */
const OPAQUE_ETAG = '0123456789abcdef0123456789abcdef'
async function runMigration(stage: MigrationStage, source: AnyKeyStore, target: SourceTarget, prefix: string) {
  const id = await stage.dispatch(target, prefix, source.endpoint)
  await stage.handOver(id)
  return { end: await stage.waitForEnd(id), lines: (await stage.log(id)).map(({ text }) => text) }
}

describe('what the first copy did not bring over', () => {
  let stage: MigrationStage
  let source: AnyKeyStore

  beforeAll(async () => {
    stage = await startMigrationStage()
    await stage.startWorker()
  })
  afterEach(() => source.stop())
  afterAll(() => stage.stop())

  async function migrate(options: Omit<AnyKeyStoreOptions, 'bucket'>, prefix: string) {
    source = await startAnyKeyStore({ bucket: SOURCE_BUCKET, ...options })
    return await runMigration(stage, source, { kind: 'bucket' }, prefix)
  }
  const putAtDestination = (key: string, body: string, date: Date) =>
    putDatedObject(stage.destination, { bucket: DESTINATION_BUCKET, key, body, date })
  const readAtDestination = async (key: string): Promise<string | undefined> =>
    (await stage.destination.send(new GetObjectCommand({ Bucket: DESTINATION_BUCKET, Key: key }))).Body?.transformToString()

  test('B3: an older object of equal size is replaced when no checksum can be compared', async () => {
    await putAtDestination('stale/größe, [a]*.bin', 'old content', minutesAgo(60))
    await putAtDestination('stale/kept.bin', 'same content', minutesAgo(1))
    const { end, lines } = await migrate(
      {
        objects: {
          'größe, [a]*.bin': { body: 'new content', etag: MULTIPART_ETAG, lastModified: minutesAgo(5) },
          'kept.bin': { body: 'same content', etag: MULTIPART_ETAG, lastModified: minutesAgo(5) },
          'plain.txt': { body: 'plain' },
        },
      },
      'stale/',
    )

    expect(end).toMatchObject({ state: 'completed', progress: { copiedObjects: 3, totalObjects: 3 } })
    expect(await readAtDestination('stale/größe, [a]*.bin')).toBe('new content')
    expect(lines).toContain('1 object verified by checksum, 2 by size')
    expect(lines).not.toContain('copied kept.bin')
  })

  test.each([
    ['all objects', { 'a.bin': 'aws:kms', 'b.bin': 'aws:kms' }],
    ['some objects', { 'a.bin': undefined, 'b.bin': 'aws:kms' }],
  ] as const)('B3: ETags of encrypted objects are not taken for checksums: %s', async (name, encryptions) => {
    const objects = Object.fromEntries(
      Object.entries(encryptions).map(([key, encryption]) => [
        key,
        { body: `content of ${key}`, ...(encryption === undefined ? {} : { encryption, etag: OPAQUE_ETAG }) },
      ]),
    )
    const { end, lines } = await migrate({ objects }, `kms ${name}/`)

    expect(end).toMatchObject({ state: 'completed', failure: null })
    expect(await readAtDestination(`kms ${name}/b.bin`)).toBe('content of b.bin')
    expect(lines).toContain('the source is encrypted, its ETags are no checksums: sizes and times are compared')
  })

  test('B3: objects that come and change while rclone copies are copied as well', async () => {
    const { end, lines } = await migrate(
      {
        objects: { 'a.txt': { body: 'a' }, 'b.txt': { body: 'b' } },
        onGet(_key, { objects }) {
          objects.set('late.txt', { body: 'late', lastModified: new Date() })
        },
      },
      'live/',
    )

    expect(end).toMatchObject({ state: 'completed', progress: { totalObjects: 3, copiedObjects: 3, copiedBytes: 6 } })
    expect(await readAtDestination('live/late.txt')).toBe('late')
    expect(lines).toContain('1 of 3 objects missing or changed; copying once more')
  })

  test('B3: a source that never rests ends with what changed named, after one more copy', async () => {
    let written = 0
    const { end, lines } = await migrate(
      {
        objects: { 'a.txt': { body: 'a' } },
        onGet(_key, { objects }) {
          written += 1
          objects.set(`late-${String(written)}.txt`, { body: 'late', lastModified: new Date() })
        },
      },
      'restless/',
    )

    expect(end).toMatchObject({
      state: 'completed-with-exceptions',
      failure: null,
      verification: { copied: { objects: 2 }, exceptions: { changed: { objects: 1, bytes: 4 } } },
    })
    expect(lines).toContain('1 object changed during the copy: late-2.txt')
    expect(written).toBe(2)
  })

  test('B3: a second copy that fails as a whole takes nothing back from the first', async () => {
    let isRevoked = false
    const { end, lines } = await migrate(
      {
        objects: { 'a.txt': { body: 'a' }, 'b.txt': { body: 'b' } },
        fault: () => (isRevoked ? 'key-revoked' : null),
        onGet(key, { objects }) {
          isRevoked = key === 'late.txt'
          objects.set('late.txt', { body: 'late', lastModified: new Date() })
        },
      },
      'revoked/',
    )

    expect(end).toMatchObject({
      state: 'completed-with-exceptions',
      failure: null,
      verification: { copied: { objects: 2 }, exceptions: { changed: { objects: 1 } } },
      report: { rows: 3 },
    })
    expect(lines).toContainEqual(expect.stringMatching(/^the second copy ended early: .*InvalidAccessKeyId/))
  })
})

describe('a stale object at a destination whose dates are its own', () => {
  let stage: MigrationStage
  let source: AnyKeyStore
  let destination: AnyKeyStore

  beforeAll(async () => {
    destination = await startAnyKeyStore({ bucket: DESTINATION_BUCKET })
    stage = await startMigrationStage({ destinationEndpoint: destination.endpoint })
    await stage.startWorker()
  })
  afterEach(() => source.stop())
  afterAll(async () => {
    await stage.stop()
    await destination.stop()
  })

  async function migrateObject(lastModified: Date, prefix: string) {
    const object = { body: 'new content', etag: MULTIPART_ETAG, lastModified }
    source = await startAnyKeyStore({ bucket: SOURCE_BUCKET, objects: { 'data.bin': object } })
    destination.objects.set(`${prefix}data.bin`, { body: 'old content', lastModified: minutesAgo(60) })
    return await runMigration(stage, source, { kind: 'object', key: 'data.bin' }, prefix)
  }

  test('B3: the one object of a migration is replaced as well', async () => {
    const { end, lines } = await migrateObject(minutesAgo(5), 'one/')

    expect(end.state).toBe('completed')
    expect(destination.objects.get('one/data.bin')?.body).toBe('new content')
    expect(lines).toContain('0 objects verified by checksum, 1 by size')
  })

  test('B3: what stays stale after another copy is named as changed, and is not copied for ever', async () => {
    // Later than any copy of this test.
    const { end, lines } = await migrateObject(minutesAgo(-60), 'never/')

    expect(end).toMatchObject({
      state: 'failed',
      failure: {
        code: 'objects-missing',
        message: 'none of 1 object made it: 1 object changed during the copy: data.bin',
        exitCode: 0,
      },
      verification: { exceptions: { changed: { objects: 1 } } },
    })
    expect(lines.filter((text) => text.endsWith('copying once more'))).toHaveLength(1)
    expect(lines.filter((text) => text === 'copied data.bin')).toHaveLength(1)
  })
})
