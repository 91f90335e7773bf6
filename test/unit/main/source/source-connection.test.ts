import { describe, expect, it } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { parseSourceDraft } from '../../../../src/main/source/source-connection.ts'

const draft = { endpoint: 'https://s3.eu-west-1.amazonaws.com', region: 'eu-west-1', accessKeyId: 'AKIA1', bucket: 'photos', prefix: '' }
const secret = Secret.of('s3cr3t')

describe('source draft', () => {
  it('trims what a paste brings along', () => {
    const source = parseSourceDraft({ ...draft, accessKeyId: ' AKIA1\n', bucket: 'photos ' }, Secret.of(' s3cr3t\r\n'))
    expect(source).toMatchObject({ ok: true, value: { accessKeyId: 'AKIA1', bucket: 'photos' } })
    expect(source.ok && source.value.secretAccessKey.reveal()).toBe('s3cr3t')
  })

  it('S1: an empty region is the endpoint’s, else us-east-1', () => {
    expect(parseSourceDraft({ ...draft, region: '' }, secret)).toMatchObject({ value: { region: 'eu-west-1' } })
    const custom = { ...draft, endpoint: 'https://minio.example.com', region: '' }
    expect(parseSourceDraft(custom, secret)).toMatchObject({ value: { region: 'us-east-1' } })
  })

  it('S2: knows whether the one object was chosen', () => {
    expect(parseSourceDraft(draft, secret)).toMatchObject({ value: { isPrefixObject: false } })
    expect(parseSourceDraft({ ...draft, prefix: 'a', prefixMeans: 'object' }, secret)).toMatchObject({ value: { isPrefixObject: true } })
  })

  it.each([
    [{ endpoint: 'minio.example.com' }, 'endpoint', 'endpoint-without-scheme'],
    [{ endpoint: 'https://minio.example.com/photos' }, 'endpoint', 'endpoint-with-path'],
    [{ endpoint: 'https://photos.s3.eu-west-1.amazonaws.com' }, 'endpoint', 'endpoint-with-bucket'],
    [{ bucket: 's3://photos/2024' }, 'bucket', 'bucket-is-url'],
    [{ accessKeyId: 'AK\u200bIA' }, 'accessKeyId', 'invisible-characters'],
    [{ prefix: 'a\nb' }, 'prefix', 'control-characters'],
  ] as const)('trap 11: %o is told before any request', (part, field, code) => {
    const source = parseSourceDraft({ ...draft, ...part }, secret)
    expect(source.ok ? [] : source.error).toMatchObject([{ field, code }])
  })

  it('tells all fields at once', () => {
    const empty = { endpoint: '', region: '!', accessKeyId: '', bucket: '', prefix: 's3://b/p' }
    const source = parseSourceDraft(empty, Secret.of(''))
    expect((source.ok ? [] : source.error).map(({ field }) => field)).toEqual([
      'endpoint',
      'region',
      'accessKeyId',
      'secretAccessKey',
      'bucket',
      'prefix',
    ])
  })

  it('S9: nothing it tells holds the secret', () => {
    const source = parseSourceDraft(draft, Secret.of('s3cr3t with spaces\u0007'))
    expect(JSON.stringify(source)).not.toContain('s3cr3t')
  })
})
