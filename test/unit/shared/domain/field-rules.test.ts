import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDestinationPrefix } from '#shared/domain/destination-field-rules.ts'
import {
  checkAccessKeyId,
  checkApiKey,
  checkBucket,
  checkEndpoint,
  checkEndpointAgainstBucket,
  checkRegion,
  checkSecretAccessKey,
  checkSourcePrefix,
} from '#shared/domain/source-field-rules.ts'
import { cleanToken, type FieldResult, isStrayCode } from '#shared/domain/text-rules.ts'

const code = (result: FieldResult) => (result.ok ? 'ok' : result.error.code)
const repair = (result: FieldResult) => (result.ok ? null : (result.error.repair ?? null))

describe('what every field refuses', () => {
  const fields = {
    apiKey: checkApiKey,
    accessKeyId: checkAccessKeyId,
    secretAccessKey: checkSecretAccessKey,
    endpoint: checkEndpoint,
    bucket: checkBucket,
    prefix: checkSourcePrefix,
    destinationPrefix: checkDestinationPrefix,
    region: (text: string) => checkRegion(text, null),
  }

  it.each(Object.entries(fields))('%s: too long, control and zero-width characters, by the field’s name', (field, check) => {
    for (const [text, expected] of [
      ['x'.repeat(5_000), 'too-long'],
      ['pho\u0007tos', 'control-characters'],
      ['pho\ntos', 'control-characters'],
      ['pho\u200btos', 'invisible-characters'],
      ['pho\u202etos', 'invisible-characters'],
      ['pho\u200dtos', 'invisible-characters'],
    ] as const) {
      const result = check(text)
      expect(code(result)).toBe(expected)
      expect(result.ok ? null : result.error.field).toBe(field)
    }
  })

  it.each([checkApiKey, checkAccessKeyId, checkSecretAccessKey, checkEndpoint, checkBucket])('needs a value (%#)', (check) => {
    expect(code(check(''))).toBe('empty')
    expect(code(check(' \n\t'))).toBe('empty')
  })

  it('takes the spaces and line ends of a careless paste off both ends', () => {
    expect(checkAccessKeyId(' AKIAEXAMPLE\r\n')).toEqual({ ok: true, value: 'AKIAEXAMPLE' })
    expect(checkSecretAccessKey('\ufeffsecret/+=\u200b')).toEqual({ ok: true, value: 'secret/+=' })
  })

  it('E1: what a paste brought into a key is taken out at once, whatever was found first', () => {
    for (const text of ['AKIA EXAMPLE', 'AKIA\u00a0EXAMPLE', 'AKIA\nEXAM PLE', ' AK\u200bIA EXAMPLE\n', 'AKIA\ufeffEXAMPLE']) {
      expect(repair(checkAccessKeyId(text))).toEqual({ accessKeyId: 'AKIAEXAMPLE' })
      expect(cleanToken(text)).toBe('AKIAEXAMPLE')
      expect(isStrayCode(code(checkSecretAccessKey(text)))).toBe(true)
    }
    expect(isStrayCode(code(checkAccessKeyId('АKIA')))).toBe(false)
  })

  it('never repeats a secret in a repair', () => {
    expect(repair(checkSecretAccessKey('se cret'))).toBeNull()
    expect(repair(checkSecretAccessKey('se\u0000cret'))).toBeNull()
    expect(repair(checkApiKey('cc_\u200bkey'))).toBeNull()
  })

  it('judges any text without throwing, and what it accepts it accepts again unchanged (property)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom(...Object.values(fields)), (text, check) => {
        const result = check(text)
        if (result.ok && result.value !== '') expect(check(result.value)).toEqual(result)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('endpoint', () => {
  it.each([
    ['s3.eu-west-1.amazonaws.com', 'endpoint-without-scheme', { endpoint: 'https://s3.eu-west-1.amazonaws.com' }],
    ['localhost:9000', 'endpoint-without-scheme', { endpoint: 'http://localhost:9000' }],
    ['ftp://files.example.org', 'endpoint-not-http', null],
    ['https://', 'endpoint-malformed', null],
    ['https://user:pass@minio.example.org', 'endpoint-with-credentials', null],
    ['https://minio.example.org?x=1', 'endpoint-with-query', { endpoint: 'https://minio.example.org' }],
    ['https://minio.example.org/photos/2025/', 'endpoint-with-path', { endpoint: 'https://minio.example.org', bucket: 'photos', prefix: '2025/' }],
  ])('%s is refused as %s', (text, expected, fix) => {
    const result = checkEndpoint(text)
    expect(code(result)).toBe(expected)
    expect(repair(result)).toEqual(fix)
  })

  it('keeps scheme, host and port', () => {
    expect(checkEndpoint('http://127.0.0.1:9000/')).toEqual({ ok: true, value: 'http://127.0.0.1:9000' })
    expect(checkEndpoint('HTTPS://S3.WASABISYS.COM')).toEqual({ ok: true, value: 'https://s3.wasabisys.com' })
  })

  it('finds the bucket in the host name and moves it to its field', () => {
    const virtual = checkEndpointAgainstBucket('https://photos.s3.eu-west-1.amazonaws.com', '')
    expect(code(virtual)).toBe('endpoint-with-bucket')
    expect(repair(virtual)).toEqual({ endpoint: 'https://s3.eu-west-1.amazonaws.com', bucket: 'photos' })
    expect(code(checkEndpointAgainstBucket('https://photos.s3.wasabisys.com', 'photos'))).toBe('endpoint-with-bucket')
  })

  it('does not mistake a host that begins like the bucket', () => {
    expect(code(checkEndpointAgainstBucket('https://minio.example.org', 'minio'))).toBe('ok')
    expect(code(checkEndpointAgainstBucket('https://s3.eu-west-1.amazonaws.com', 's3'))).toBe('ok')
  })
})

describe('region (E6)', () => {
  it('is us-east-1 when left empty, or the one the AWS endpoint names', () => {
    expect(checkRegion('', 'https://minio.example.org')).toEqual({ ok: true, value: 'us-east-1' })
    expect(checkRegion('', 'https://s3.eu-west-1.amazonaws.com')).toEqual({ ok: true, value: 'eu-west-1' })
  })

  it('is told apart: unknown at AWS, another than the endpoint’s, malformed', () => {
    const aws = 'https://s3.eu-west-1.amazonaws.com'
    expect(code(checkRegion('eu-wset-1', aws))).toBe('region-unknown')
    expect(code(checkRegion('us-east-1', aws))).toBe('region-differs-from-endpoint')
    expect(repair(checkRegion('us-east-1', aws))).toEqual({ region: 'eu-west-1' })
    expect(code(checkRegion('eu west 1', null))).toBe('region-malformed')
  })

  it('takes any well-formed name at other stores', () => {
    expect(code(checkRegion('auto', 'https://abc.r2.cloudflarestorage.com'))).toBe('ok')
  })
})

describe('bucket and prefix', () => {
  it.each([
    ['s3://photos', 'bucket-is-url', { bucket: 'photos' }],
    ['s3://photos/2025/', 'bucket-is-url', { bucket: 'photos', prefix: '2025/' }],
    ['https://photos.s3.amazonaws.com', 'bucket-is-url', null],
    ['photos/2025', 'bucket-has-path', { bucket: 'photos', prefix: '2025' }],
    ['ph otos', 'bucket-name-malformed', null],
    ['ab', 'bucket-name-malformed', null],
    ['a..b', 'bucket-name-malformed', null],
  ])('bucket %s is refused as %s', (text, expected, fix) => {
    const result = checkBucket(text)
    expect(code(result)).toBe(expected)
    expect(repair(result)).toEqual(fix)
  })

  it('takes old AWS names and Ceph tenants', () => {
    for (const name of ['My_Old.Bucket', 'tenant:bucket', 'photos-2025']) expect(code(checkBucket(name))).toBe('ok')
  })

  it('keeps unicode, spaces and joined emoji in a prefix', () => {
    for (const prefix of ['Zażółć gęślą/', 'my photos/', 'family/👩‍👩‍👧/']) {
      expect(checkSourcePrefix(prefix)).toEqual({ ok: true, value: prefix })
    }
  })

  it('counts a prefix in UTF-8 bytes, as S3 does', () => {
    expect(code(checkSourcePrefix('é'.repeat(512)))).toBe('ok')
    expect(code(checkSourcePrefix('é'.repeat(513)))).toBe('too-long')
  })

  it.each([
    ['/photos/', 'prefix-leading-slash'],
    ['photos//old', 'prefix-double-slash'],
    ['photos/../old', 'prefix-dot-segment'],
    ['./photos', 'prefix-dot-segment'],
    ['s3://bucket/x', 'prefix-is-url'],
  ])('destination %s is refused as %s', (text, expected) => {
    expect(code(checkDestinationPrefix(text))).toBe(expected)
  })
})
