import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import type { SourceCheck, SourceDraft } from '#shared/ipc/source-check.ts'
import { createAwsSourceS3 } from '../../../src/main/source/aws-source-s3.ts'
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

let s3: S3Endpoint
beforeAll(async () => {
  s3 = await startS3Endpoint({ buckets: ['source', 'vacant'], accessKeyId, secretAccessKey })
  for (const [key, text] of Object.entries(objects)) {
    const file = join(s3.dataDir, 'source', key)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
})
afterAll(async () => s3.stop())

function check(part: Partial<SourceDraft> = {}, secret = secretAccessKey): Promise<SourceCheck> {
  const service = createSourceCheckService({ openSource: createAwsSourceS3, isOnline: () => true, now: Date.now })
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
    expect(result).toMatchObject({ kind: 'blocked', findings: [{ code: 'nothing-there', facts: { bucket: 'source', prefix } }] })
    expect('findings' in result && result.findings[0]?.fixes).toEqual(names.map((name) => ({ prefix: name })))
  })

  it('E5: an empty bucket holds nothing', async () => {
    expect(await check({ bucket: 'vacant' })).toMatchObject({ kind: 'blocked', findings: [{ code: 'nothing-there', fixes: [] }] })
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
