import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import type { SourceCheck, SourceCheckProgress, SourceDraft } from '#shared/ipc/source-check.ts'
import { openAwsSource } from '../../../src/main/source/open-aws-source.ts'
import { createSourceCheckService } from '../../../src/main/source/source-check-service.ts'
import { type S3Endpoint, startS3Endpoint } from '../../support/s3-endpoint.ts'

const accessKeyId = 'AKIAPREFLIGHT'
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+secret'
const objects: Readonly<Record<string, string>> = {
  'report.pdf': 'pdf',
  'experiments/1/data.csv': 'a,b',
  'experiments/2/data.csv': 'a,b,c',
  'photos/one.jpg': 'jpg',
  'photos/empty.txt': '',
  'weird/a+b %41 ü.txt': 'x',
  'both/inside.txt': 'x',
  'empty-only/empty.txt': '',
}

/** Two pages and a part of a third. */
const MANY = 2_345

let s3: S3Endpoint
beforeAll(async () => {
  s3 = await startS3Endpoint({ buckets: ['source', 'vacant', 'many', 'described'], accessKeyId, secretAccessKey })
  for (const [key, text] of Object.entries(objects)) {
    const file = join(s3.dataDir, 'source', key)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  await Promise.all(Array.from({ length: MANY }, (_, n) => writeFile(join(s3.dataDir, 'many', `f${String(n)}`), 'xy')))
})
afterAll(async () => s3.stop())

const told: SourceCheckProgress[] = []
function check(part: Partial<SourceDraft> = {}, secret = secretAccessKey): Promise<SourceCheck> {
  const onProgress = (progress: SourceCheckProgress) => void told.push(progress)
  const service = createSourceCheckService({ openSource: openAwsSource, isOnline: () => true, now: Date.now, onProgress })
  const draft = { endpoint: s3.endpoint, region: '', accessKeyId, bucket: 'source', prefix: '', ...part }
  return service.check(draft, Secret.of(secret))
}

const codes = (result: SourceCheck) => ('findings' in result ? result.findings.map(({ code }) => code) : result.kind)

describe('preflight against a real S3 server', () => {
  it('S2, S5: a whole bucket is listed, counted and read', async () => {
    const result = await check()
    expect(result).toMatchObject({ kind: 'ready', target: { kind: 'bucket' } })
    const [listed, readable] = 'findings' in result ? result.findings : []
    expect(listed).toMatchObject({ code: 'source-listed', severity: 'good', facts: { objects: 8, more: false } })
    expect(readable).toMatchObject({ code: 'source-readable', severity: 'good' })
  })

  it.each([
    ['photos/', { kind: 'folder', prefix: 'photos/' }, 'photos/empty.txt'],
    ['photos', { kind: 'folder', prefix: 'photos/' }, 'photos/empty.txt'],
    [' report.pdf ', { kind: 'object', key: 'report.pdf' }, 'report.pdf'],
    ['weird/a+b %41 ü.txt', { kind: 'object', key: 'weird/a+b %41 ü.txt' }, 'weird/a+b %41 ü.txt'],
    ['weird/', { kind: 'folder', prefix: 'weird/' }, 'weird/a+b %41 ü.txt'],
    ['empty-only/', { kind: 'folder', prefix: 'empty-only/' }, 'empty-only/empty.txt'],
  ])('S2: "%s" is decided as the worker will act on it', async (prefix, target, firstKey) => {
    expect(await check({ prefix })).toMatchObject({ kind: 'ready', target, firstKey })
  })

  it.each([
    ['exper', ['experiments/']],
    ['experiment/', ['experiments/']],
    ['Photos/', ['photos/']],
    ['report', ['report.pdf']],
    ['experiments/3/', ['experiments/1/', 'experiments/2/']],
    ['nothing-like-it', []],
  ])('E5, trap 1: "%s" holds nothing; the nearest names are offered', async (prefix, names) => {
    const result = await check({ prefix })
    expect(result).toMatchObject({ kind: 'blocked', findings: [{ code: 'nothing-there', facts: { bucket: 'source', prefix, isBucketEmpty: false } }] })
    expect('findings' in result && result.findings[0]?.fixes).toEqual(names.map((name) => ({ prefix: name })))
  })

  it('E5: an empty bucket holds nothing', async () => {
    expect(await check({ bucket: 'vacant' })).toMatchObject({ kind: 'blocked', findings: [{ code: 'nothing-there', facts: { isBucketEmpty: true }, fixes: [] }] })
    const below = await check({ bucket: 'vacant', prefix: 'photos/' })
    expect(below).toMatchObject({ kind: 'blocked', findings: [{ code: 'nothing-there', facts: { isBucketEmpty: true }, fixes: [] }] })
  })

  it('B2: follows the listing to its end, and tells of it on the way', async () => {
    told.length = 0
    const result = await check({ bucket: 'many' })
    expect(result).toMatchObject({
      kind: 'ready',
      survey: { objects: MANY, bytes: 2 * MANY, isComplete: true, archivedObjects: 0, archivedBytes: 0 },
    })
    expect(told[0]).toMatchObject({ findings: [{ code: 'source-listed' }], survey: { objects: 1_000, isComplete: false } })
  })

  it('B2: names the metadata that its own objects carry', async () => {
    const client = new S3Client({
      endpoint: s3.endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
    })
    const Metadata = { camera: 'X100' }
    await client.send(new PutObjectCommand({ Bucket: 'described', Key: 'a.jpg', Body: 'x', ContentType: 'image/jpeg', Metadata }))
    client.destroy()
    const result = await check({ bucket: 'described' })
    const kept = 'findings' in result ? result.findings.find(({ code }) => code === 'metadata-kept') : undefined
    expect(kept).toMatchObject({ severity: 'good', facts: { sampled: 1, ownMetadata: expect.stringContaining('camera') as string } })
    expect(kept?.facts['headers']).toContain('Content-Type')
  })

  it('E1: an unknown key', async () => {
    const result = await check({ accessKeyId: 'AKIAUNKNOWN' })
    expect(result).toMatchObject({ kind: 'blocked', findings: [{ code: 'invalid-access-key', facts: { s3Code: 'InvalidAccessKeyId' } }] })
  })

  it('E2: a secret that does not belong to the key', async () => {
    const result = await check({}, 'wrong')
    expect(result).toMatchObject({ kind: 'blocked', findings: [{ code: 'signature-mismatch', facts: { s3Code: 'SignatureDoesNotMatch' } }] })
  })

  it('E4: a bucket that is not there', async () => {
    expect(codes(await check({ bucket: 'no-such-bucket' }))).toEqual(['bucket-not-found'])
  })

  it('S9: no finding holds the secret', async () => {
    for (const result of [await check(), await check({ accessKeyId: 'AKIAUNKNOWN' }), await check({ bucket: 'nope' })]) {
      expect(JSON.stringify(result)).not.toContain(secretAccessKey)
    }
  })
})
