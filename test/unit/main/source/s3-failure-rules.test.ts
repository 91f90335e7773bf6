import { describe, expect, it } from 'vitest'
import { findingSchema } from '#shared/ipc/source-check.ts'
import { findingForFailure } from '../../../../src/main/source/s3-failure-rules.ts'
import type { S3Failure } from '../../../../src/main/source/source-s3.ts'

const source = { endpoint: 'https://s3.us-east-1.amazonaws.com', region: 'us-east-1', accessKeyId: 'AKIA1', bucket: 'photos' }
const now = Date.parse('2026-11-22T10:00:00Z')
const xml = { httpStatus: 403, contentType: 'application/xml' }

function finding(failure: Partial<S3Failure>, at: Partial<typeof source> = {}, isOnline = true) {
  const facts: S3Failure = {
    s3Code: '', message: '', httpStatus: null, contentType: '', beginning: '', bucketRegion: null, serverTime: null, networkCode: '', ...failure,
  }
  return findingSchema.parse(findingForFailure(facts, { ...source, ...at }, isOnline, now))
}

describe('what a failed S3 request means', () => {
  it.each([
    ['E1', 'InvalidAccessKeyId', 403, 'invalid-access-key'],
    ['E1 (R2)', 'Unauthorized', 401, 'invalid-access-key'],
    ['E1 (GCS)', 'InvalidSecurity', 403, 'invalid-access-key'],
    ['E2', 'SignatureDoesNotMatch', 403, 'signature-mismatch'],
    ['E3', 'AccessDenied', 403, 'access-denied'],
    ['E4', 'NoSuchBucket', 404, 'bucket-not-found'],
    ['E6', 'AuthorizationHeaderMalformed', 400, 'region-mismatch'],
    ['E6', 'PermanentRedirect', 301, 'region-mismatch'],
    ['E7', 'InvalidObjectState', 403, 'archived-object'],
    ['E9', 'RequestTimeTooSkewed', 403, 'clock-skew'],
    ['E9', 'SlowDown', 503, 'throttled'],
    ['E9', 'SomethingNew', 503, 'throttled'],
    ['E9', 'SomethingNew', 418, 'unknown-refusal'],
  ] as const)('%s: %s with %s → %s, with its code', (_row, s3Code, httpStatus, code) => {
    expect(finding({ ...xml, s3Code, httpStatus })).toMatchObject({ code, severity: 'problem', facts: { s3Code } })
  })

  it('E6: one click sets region and endpoint to where the bucket is', () => {
    expect(finding({ ...xml, s3Code: 'AuthorizationHeaderMalformed', bucketRegion: 'us-west-2' })).toMatchObject({
      facts: { sentRegion: 'us-east-1', expectedRegion: 'us-west-2' },
      fixes: [{ region: 'us-west-2', endpoint: 'https://s3.us-west-2.amazonaws.com' }],
    })
  })

  it('E6: where the host name says nothing of a region, only the region changes', () => {
    const minio = { endpoint: 'https://minio.example.com' }
    expect(finding({ ...xml, s3Code: 'InvalidRegion', bucketRegion: 'eu-home-1' }, minio).fixes).toEqual([{ region: 'eu-home-1' }])
  })

  it('E6: offers no fix when the store does not say which region is right', () => {
    expect(finding({ ...xml, s3Code: 'PermanentRedirect' })).toMatchObject({ facts: { sentRegion: 'us-east-1' }, fixes: [] })
  })

  it('trap 6: Backblaze calls a wrong region a wrong key', () => {
    const b2 = { endpoint: 'https://s3.us-west-004.backblazeb2.com' }
    const failure = { ...xml, s3Code: 'InvalidAccessKeyId' }
    expect(finding(failure, { ...b2, region: 'us-east-1' })).toMatchObject({
      code: 'region-mismatch',
      fixes: [{ region: 'us-west-004' }],
    })
    expect(finding(failure, { ...b2, region: 'us-west-004' }).code).toBe('invalid-access-key')
  })

  it('E1: says when the key is a temporary one', () => {
    expect(finding({ ...xml, s3Code: 'InvalidAccessKeyId' }, { accessKeyId: 'ASIA1' }).facts).toMatchObject({ isTemporaryKey: true })
  })

  it('E9: tells by how much the clock is off', () => {
    const serverTime = now - 3_600_000
    expect(finding({ ...xml, s3Code: 'RequestTimeTooSkewed', serverTime }).facts).toMatchObject({ skewSeconds: 3600 })
  })

  it.each([
    ['a web page answering 200 (trap 5)', { httpStatus: 200, contentType: 'text/html' }],
    ['a redirect to a web page', { httpStatus: 302, contentType: 'text/html' }],
    ['a JSON API answering 404', { httpStatus: 404, contentType: 'application/json' }],
    ['a web page answering 403', { httpStatus: 403, contentType: 'text/html; charset=utf-8' }],
  ])('E9: %s is not an S3 endpoint', (_what, failure) => {
    expect(finding(failure).code).toBe('not-an-s3-endpoint')
  })

  const plain = { endpoint: 'http://minio.example.com:9000' }

  it.each([
    ['Go', 'Client sent an HTTP request to an HTTPS server.\n'],
    ['nginx', '<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head>'],
    ['Apache', 'Reason: You\'re speaking plain HTTP to an SSL-enabled server port.<br />'],
  ])('E9: http spoken to a TLS port of %s is offered https', (_server, beginning) => {
    expect(finding({ httpStatus: 400, beginning }, plain)).toMatchObject({
      code: 'plain-http-to-tls',
      fixes: [{ endpoint: 'https://minio.example.com:9000' }],
    })
  })

  it('E9: any other refusal of http is not taken for a wish for https', () => {
    const beginning = '<html><body><h1>400 Bad request</h1>Your browser sent an invalid request.</body></html>'
    expect(finding({ httpStatus: 400, contentType: 'text/html', beginning }, plain)).toMatchObject({ code: 'not-an-s3-endpoint', fixes: [] })
  })

  it.each([
    [403, 'access-denied'],
    [401, 'invalid-access-key'],
    [503, 'throttled'],
    [500, 'unknown-refusal'],
  ] as const)('trap 7: an empty answer with status %s → %s', (httpStatus, code) => {
    expect(finding({ httpStatus }).code).toBe(code)
  })
})

describe('E9: when no answer came', () => {
  it.each([
    ['ENOTFOUND', 'host-not-found'],
    ['EAI_AGAIN', 'no-internet'],
    ['ENETUNREACH', 'no-internet'],
    ['ECONNREFUSED', 'connection-refused'],
    ['ECONNRESET', 'connection-refused'],
    ['ETIMEDOUT', 'connection-timeout'],
    ['EPROTO', 'tls-to-plain-http'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-to-plain-http'],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'tls-to-plain-http'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tls-untrusted'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-untrusted'],
    ['CERT_HAS_EXPIRED', 'tls-untrusted'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-untrusted'],
    ['HPE_INVALID_CONSTANT', 'not-an-s3-endpoint'],
    ['ESOMETHING', 'unknown-refusal'],
  ] as const)('%s → %s', (networkCode, code) => {
    expect(finding({ networkCode })).toMatchObject({ code, facts: { host: 's3.us-east-1.amazonaws.com', networkCode } })
  })

  it('offers plain http when the store does not speak TLS', () => {
    const minio = { endpoint: 'https://minio.lan:9000' }
    expect(finding({ networkCode: 'EPROTO' }, minio).fixes).toEqual([{ endpoint: 'http://minio.lan:9000' }])
  })

  it('blames the missing network only for what a network explains', () => {
    expect(finding({ networkCode: 'ENOTFOUND' }, {}, false).code).toBe('no-internet')
    expect(finding({ networkCode: 'ETIMEDOUT' }, {}, false).code).toBe('no-internet')
    expect(finding({ networkCode: 'ECONNREFUSED' }, {}, false).code).toBe('connection-refused')
  })
})
