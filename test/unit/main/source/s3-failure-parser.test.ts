import { describe, expect, it } from 'vitest'
import { toS3Failure } from '../../../../src/main/source/s3-failure-parser.ts'

const answer = (headers: Record<string, string> = {}) => ({ statusCode: 400, headers, beginning: '' })
const s3Error = (fields: object) => Object.assign(new Error('m'), fields)

describe('facts of a failed S3 request', () => {
  it.each([
    ['header', s3Error({ Code: 'PermanentRedirect' }), answer({ 'x-amz-bucket-region': 'eu-west-1' })],
    ['field', s3Error({ Code: 'AuthorizationHeaderMalformed', Region: 'eu-west-1' }), answer()],
    ['message', s3Error({ message: "the region 'us-east-1' is wrong; expecting 'eu-west-1'" }), answer()],
    ['redirect', s3Error({ Endpoint: 'photos.s3-eu-west-1.amazonaws.com' }), answer()],
    ['dotted redirect', s3Error({ Endpoint: 'photos.s3.eu-west-1.amazonaws.com' }), answer()],
  ])('E6, trap 5: finds the right region in the %s', (_where, error, lastAnswer) => {
    expect(toS3Failure(error, lastAnswer).bucketRegion).toBe('eu-west-1')
  })

  it('takes the store’s code, and not the names the SDK makes up', () => {
    expect(toS3Failure(s3Error({ Code: 'AccessDenied', name: 'AccessDenied' }), answer()).s3Code).toBe('AccessDenied')
    expect(toS3Failure(s3Error({ name: 'NoSuchBucket' }), answer()).s3Code).toBe('NoSuchBucket')
    expect(toS3Failure(s3Error({ name: 'UnknownError' }), answer()).s3Code).toBe('')
    expect(toS3Failure(new SyntaxError('x'), answer()).s3Code).toBe('')
  })

  it('finds the network’s reason below wrapped and gathered errors', () => {
    const refused = s3Error({ code: 'ECONNREFUSED' })
    expect(toS3Failure(refused, null).networkCode).toBe('ECONNREFUSED')
    expect(toS3Failure(new Error('x', { cause: refused }), null).networkCode).toBe('ECONNREFUSED')
    expect(toS3Failure(new AggregateError([refused, s3Error({ code: 'ENETUNREACH' })]), null).networkCode).toBe('ECONNREFUSED')
    expect(toS3Failure(s3Error({ name: 'TimeoutError' }), null).networkCode).toBe('ETIMEDOUT')
  })

  it('keeps server time and kind of content, and bounds the text', () => {
    const headers = { date: 'Sun, 22 Nov 2026 10:00:00 GMT', 'content-type': 'text/html' }
    const failure = toS3Failure(s3Error({ message: 'x'.repeat(10_000) }), answer(headers))
    expect(failure).toMatchObject({ serverTime: Date.parse('2026-11-22T10:00:00Z'), contentType: 'text/html', httpStatus: 400 })
    expect(failure.message).toHaveLength(500)
  })
})
