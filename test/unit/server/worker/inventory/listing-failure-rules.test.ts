import { describe, expect, test } from 'vitest'
import { explainListingFailure } from '../../../../../server/worker/inventory/listing-failure-rules.ts'
import { ListingTooLargeError, ListingUnusableError } from '../../../../../server/worker/inventory/object-listing.ts'

const s3Error = (code: string, status: number) =>
  Object.assign(new Error('words'), { name: code, Code: code, $metadata: { httpStatusCode: status } })
const nodeError = (code: string) => Object.assign(new Error('words'), { code })

describe('what a failed listing means', () => {
  test.each([
    [s3Error('InvalidAccessKeyId', 403), 'invalid-access-key', true],
    [s3Error('SignatureDoesNotMatch', 403), 'signature-mismatch', true],
    [s3Error('AccessDenied', 403), 'access-denied', true],
    [s3Error('NoSuchBucket', 404), 'bucket-not-found', true],
    [s3Error('AuthorizationHeaderMalformed', 400), 'region-mismatch', true],
    [s3Error('RequestTimeTooSkewed', 403), 'clock-skew', true],
    [s3Error('SlowDown', 503), 'throttled', false],
    // A HEAD has no body, hence no code.
    [s3Error('Unknown', 403), 'access-denied', true],
    [s3Error('Unknown', 503), 'throttled', false],
    [nodeError('ECONNREFUSED'), 'unreachable', false],
    [nodeError('ENOTFOUND'), 'unreachable', false],
    [Object.assign(new Error('slow'), { name: 'TimeoutError' }), 'unreachable', false],
    [nodeError('DEPTH_ZERO_SELF_SIGNED_CERT'), 'tls-untrusted', true],
    [nodeError('EPROTO'), 'tls-untrusted', true],
    [new ListingUnusableError('no store'), 'unreachable', true],
    [new ListingTooLargeError('no end'), 'copy-failed', true],
    [new Error('whatever'), 'copy-failed', false],
  ])('E1-E9: %s', (error, code, permanent) => {
    expect(explainListingFailure(error, 'source')).toMatchObject({ code, permanent, side: 'source' })
  })

  test('the side is the one that was listed, and the store’s own words are kept', () => {
    expect(explainListingFailure(s3Error('AccessDenied', 403), 'destination')).toMatchObject({
      side: 'destination',
      message: 'destination listing: AccessDenied: words',
    })
  })
})
