import { describe, expect, it } from 'vitest'
import {
  endsWholeCopy,
  explainRcloneFailure,
  mostTelling,
} from '../../../../../server/worker/rclone/rclone-failure-rules.ts'

const sourceEndpoint = 'https://s3.eu-west-1.amazonaws.com'
const destinationEndpoint = 'http://127.0.0.1:7480'
const explain = (text: string) => explainRcloneFailure({ text, sourceEndpoint, destinationEndpoint })
const noIds = ', RequestID: , HostID: '
const apiError = (operation: string, status: number, rest: string): string =>
  `operation error S3: ${operation}, https response error StatusCode: ${status}, RequestID: , HostID: , api error ${rest}`
const list = (status: number, rest: string): string =>
  `error reading source root directory: ${apiError('ListObjectsV2', status, rest)}`

describe('explainRcloneFailure', () => {
  // Texts of rclone 1.75.2, met against real and fault-injecting servers.
  it.each([
    [list(403, 'InvalidAccessKeyId: The Access Key Id you provided does not exist'), 'invalid-access-key', 'source', true],
    [list(401, 'Unauthorized: Unauthorized'), 'invalid-access-key', 'source', true],
    [list(403, 'SignatureDoesNotMatch: '), 'signature-mismatch', 'source', true],
    [list(403, 'AccessDenied: Access Denied'), 'access-denied', 'source', true],
    [list(403, 'SomethingNew: '), 'access-denied', 'source', true],
    [list(400, "AuthorizationHeaderMalformed: the region 'a' is wrong; expecting 'b'"), 'region-mismatch', 'source', true],
    [list(403, 'RequestTimeTooSkewed: The difference between'), 'clock-skew', 'source', true],
    [
      list(403, 'SignatureDoesNotMatch: ').replace('source root', 'destination root'),
      'signature-mismatch',
      'destination',
      true,
    ],
    ['error reading source root directory: directory not found', 'bucket-not-found', 'source', true],
    ['directory not found', 'bucket-not-found', 'source', true],
    ['object not found', 'source-not-found', 'source', true],
    [
      `Failed to copy: failed to open source object: ${apiError('GetObject', 404, 'NoSuchKey: gone')}`,
      'source-not-found',
      'source',
      true,
    ],
    [
      'Failed to copy: failed to open source object: Object in GLACIER, restore first: bucket="b", key="SlowDown"',
      'archived-object',
      'source',
      true,
    ],
    [`Failed to copy: ${apiError('PutObject', 404, 'NoSuchBucket: ')}`, 'bucket-not-found', 'destination', true],
    [`Failed to copy: ${apiError('PutObject', 403, 'AccessDenied: ')}`, 'access-denied', 'destination', true],
    [`Failed to copy: ${apiError('UploadPart', 403, 'QuotaExceeded: full')}`, 'quota-exceeded', 'destination', true],
    [`Failed to copy: ${apiError('PutObject', 507, 'InsufficientStorage: full')}`, 'quota-exceeded', 'destination', true],
    [`Failed to copy: ${apiError('PutObject', 503, 'SlowDown: ')}`, 'throttled', 'destination', false],
    [
      'operation error S3: ListObjectsV2, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , HostID: , request send failed, Get "http://127.0.0.1:7480/out?prefix=AccessDenied": dial tcp 127.0.0.1:7480: connect: connection refused',
      'unreachable',
      'destination',
      false,
    ],
    [
      'request send failed, Get "https://s3.eu-west-1.amazonaws.com/b?x": dial tcp: lookup s3: no such host',
      'unreachable',
      'source',
      false,
    ],
    [
      'request send failed, Get "https://s3.eu-west-1.amazonaws.com/b": tls: failed to verify certificate: x509: certificate signed by unknown authority',
      'tls-untrusted',
      'source',
      true,
    ],
    ['corrupted on transfer: md5 hashes differ', 'copy-failed', 'worker', false],
    ['', 'copy-failed', 'worker', false],
  ] as const)('%s', (text, code, side, permanent) => {
    expect(explain(text)).toMatchObject({ code, side, permanent, message: text.replace(noIds, '') })
  })

  it('leaves out ids that the store did not give, and keeps those it gave', () => {
    expect(explain(list(403, 'AccessDenied: no')).message).toBe(
      'error reading source root directory: operation error S3: ListObjectsV2, https response error StatusCode: 403, api error AccessDenied: no',
    )
    const given = 'https response error StatusCode: 403, RequestID: 8Q2K, HostID: , api error AccessDenied: no'
    expect(explain(given).message).toBe('https response error StatusCode: 403, RequestID: 8Q2K, api error AccessDenied: no')
  })

  it('exits as the command line would: 3 for what is not there', () => {
    expect(explain('error reading source root directory: directory not found').exitCode).toBe(3)
    expect(explain('object not found').exitCode).toBe(3)
    expect(explain(`Failed to copy: ${apiError('PutObject', 404, 'NoSuchBucket: ')}`).exitCode).toBe(1)
  })

  it('does not guess a side from a host that both ends share', () => {
    const text = 'request send failed, Get "http://same/b": dial tcp: connection refused'
    const failure = explainRcloneFailure({ text, sourceEndpoint: 'http://same', destinationEndpoint: 'http://same' })
    expect(failure).toMatchObject({ code: 'unreachable', side: 'worker' })
  })
})

describe('endsWholeCopy', () => {
  it.each([
    [`Failed to copy: ${apiError('PutObject', 403, 'AccessDenied: ')}`, true],
    [`Failed to copy: failed to open source object: ${apiError('GetObject', 403, 'InvalidAccessKeyId: ')}`, true],
    [`Failed to copy: failed to open source object: ${apiError('GetObject', 403, 'AccessDenied: ')}`, false],
    ['Failed to copy: failed to open source object: Object in GLACIER, restore first', false],
    [`Failed to copy: ${apiError('PutObject', 503, 'SlowDown: ')}`, false],
  ])('%s: %s', (text, expected) => {
    expect(endsWholeCopy(explain(text))).toBe(expected)
  })
})

describe('mostTelling', () => {
  it('prefers what dooms the copy over what passes, and that over archived and unknown ones', () => {
    const doomed = explain(`Failed to copy: ${apiError('PutObject', 403, 'QuotaExceeded: ')}`)
    const denied = explain(`failed to open source object: ${apiError('GetObject', 403, 'AccessDenied: ')}`)
    const throttled = explain(apiError('PutObject', 503, 'SlowDown: '))
    const archived = explain('Object in GLACIER, restore first')
    const unknown = explain('what?')
    const rising = [unknown, archived, throttled, denied, doomed]
    rising.forEach((failure, index) => {
      const upTo = rising.slice(0, index + 1)
      expect(mostTelling(upTo)).toBe(failure)
      expect(mostTelling(upTo.toReversed())).toBe(failure)
    })
    expect(mostTelling([])).toBeNull()
  })
})
