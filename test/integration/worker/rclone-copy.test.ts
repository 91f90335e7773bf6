import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { MIB } from '#shared/domain/units.ts'
import type { CopyProgress } from '../../../server/worker/rclone/rclone-copy-job.ts'
import type { S3Endpoint } from '../../support/s3-endpoint.ts'
import { destinationKey, sourceKey, useRcloneScene } from './support/rclone-scene.ts'

const scene = useRcloneScene()

describe('what is copied', () => {
  const odd = ['a b/ü é.txt', 'plus+and%.txt', 'q\'"<>*[].txt', 'emoji😀', 'a=b&c?d#e', 'x/y/z/deep', ' lead', 'trail ']

  it('copies a bucket with odd and empty objects, and skips on a second run what is there', async () => {
    await scene.seed({ ...Object.fromEntries(odd.map((key) => [key, key])), empty: '' })
    const progress: CopyProgress[] = []
    const outcome = await scene.copy({ destinationPrefix: 'backup/', onProgress: (now) => progress.push(now) })

    expect(outcome).toMatchObject({ kind: 'succeeded', copiedObjects: odd.length + 1, checkedObjects: 0 })
    expect(await scene.destinationFiles()).toEqual({
      ...Object.fromEntries(odd.map((key) => [`backup/${key}`, key])),
      'backup/empty': '',
    })
    const bytes = odd.reduce((sum, key) => sum + Buffer.byteLength(key), 0)
    expect(outcome.copiedBytes).toBe(bytes)
    expect(progress.at(-1)).toMatchObject({ copiedBytes: bytes, copiedObjects: odd.length + 1 })

    expect(await scene.copy({ destinationPrefix: 'backup/' })).toMatchObject({
      kind: 'succeeded',
      copiedObjects: 0,
      checkedObjects: odd.length + 1,
    })
  })

  it('copies what is below a folder, and neither its namesake nor its neighbours', async () => {
    await scene.seed({ 'photos/a': '1', 'photos/sub/b': '2', photosX: '3', 'photosX2/c': '4' })
    const outcome = await scene.copy({ target: { kind: 'folder', prefix: 'photos/' }, destinationPrefix: '2026/' })
    expect(outcome).toMatchObject({ kind: 'succeeded', copiedObjects: 2 })
    expect(await scene.destinationFiles()).toEqual({ '2026/a': '1', '2026/sub/b': '2' })
  })

  it('copies one object by its exact key', async () => {
    await scene.seed({ 'docs/report.pdf': 'report', 'docs/report.pdf.bak': 'no' })
    const outcome = await scene.copy({ target: { kind: 'object', key: 'docs/report.pdf' }, destinationPrefix: 'inbox/' })
    expect(outcome).toMatchObject({ kind: 'succeeded', copiedObjects: 1, copiedBytes: 6 })
    expect(await scene.destinationFiles()).toEqual({ 'inbox/report.pdf': 'report' })
  })

  it('keeps content type, cache control and user metadata, and a body that needs multipart', async () => {
    const clientFor = (end: S3Endpoint, credentials: typeof sourceKey) =>
      new S3Client({ endpoint: end.endpoint, region: 'us-east-1', forcePathStyle: true, credentials, requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' })
    const from = clientFor(scene.source, sourceKey)
    const big = Buffer.alloc(260 * MIB, 'carolina')
    await from.send(new PutObjectCommand({ Bucket: 'from', Key: 'page', Body: 'x', ContentType: 'text/x-page', CacheControl: 'max-age=7', ContentDisposition: 'inline', Metadata: { owner: 'me' } }))
    await from.send(new PutObjectCommand({ Bucket: 'from', Key: 'big', Body: big, ContentType: 'text/x-big' }))

    expect(await scene.copy()).toMatchObject({ kind: 'succeeded', copiedObjects: 2, copiedBytes: big.length + 1 })
    const to = clientFor(scene.destination, destinationKey)
    expect(await to.send(new HeadObjectCommand({ Bucket: 'to', Key: 'page' }))).toMatchObject({
      ContentType: 'text/x-page',
      CacheControl: 'max-age=7',
      ContentDisposition: 'inline',
      Metadata: { owner: 'me' },
    })
    const copied = await to.send(new GetObjectCommand({ Bucket: 'to', Key: 'big' }))
    expect(copied.ContentType).toBe('text/x-big')
    const body = await copied.Body?.transformToByteArray()
    expect(body !== undefined && big.equals(body)).toBe(true)
  })
})
