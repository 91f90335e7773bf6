import { providerPresets } from '#shared/domain/provider-presets.ts'
import type { Finding } from '#shared/ipc/source-check.ts'
import type { SourceConnection } from './source-connection.ts'
import { type FindingCode, problemFinding } from './findings.ts'
import { networkFinding } from './network-failure-rules.ts'
import type { S3Failure } from './source-s3.ts'

type Source = Pick<SourceConnection, 'endpoint' | 'region' | 'accessKeyId' | 'bucket'>

const codes: Readonly<Record<string, FindingCode>> = {
  // E1. Trap 7: R2 says Unauthorized, GCS InvalidSecurity.
  InvalidAccessKeyId: 'invalid-access-key',
  Unauthorized: 'invalid-access-key',
  InvalidSecurity: 'invalid-access-key',
  InvalidToken: 'invalid-access-key',
  ExpiredToken: 'invalid-access-key',
  // E2
  SignatureDoesNotMatch: 'signature-mismatch',
  // E3
  AccessDenied: 'access-denied',
  AllAccessDisabled: 'access-denied',
  AccountProblem: 'access-denied',
  // E4
  NoSuchBucket: 'bucket-not-found',
  InvalidBucketName: 'bucket-not-found',
  // E6
  AuthorizationHeaderMalformed: 'region-mismatch',
  InvalidRegion: 'region-mismatch',
  PermanentRedirect: 'region-mismatch',
  TemporaryRedirect: 'region-mismatch',
  // E7
  InvalidObjectState: 'archived-object',
  // E9
  RequestTimeTooSkewed: 'clock-skew',
  RequestExpired: 'clock-skew',
  SlowDown: 'throttled',
  ServiceUnavailable: 'throttled',
  Throttling: 'throttled',
  TooManyRequests: 'throttled',
  RequestLimitExceeded: 'throttled',
}

/** One failed request → one finding (rows E1-E4, E6, E7, E9), with one-click fixes where there is one. */
export function findingForFailure(failure: S3Failure, source: Source, isOnline: boolean, now: number): Finding {
  if (failure.httpStatus === null) return networkFinding(failure.networkCode, source.endpoint, isOnline)
  const facts = {
    ...(failure.s3Code === '' ? {} : { s3Code: failure.s3Code }),
    ...(failure.message === '' ? {} : { message: failure.message }),
    httpStatus: failure.httpStatus,
  }
  const code = codeFor(failure)
  if (code === 'region-mismatch') return regionFinding(failure.bucketRegion, source, facts)
  if (code === 'invalid-access-key' || code === 'signature-mismatch') return credentialsFinding(code, source, facts)
  if (code === 'bucket-not-found') return problemFinding(code, { ...facts, bucket: source.bucket })
  if (code === 'clock-skew' && failure.serverTime !== null) {
    return problemFinding(code, { ...facts, skewSeconds: Math.round((now - failure.serverTime) / 1000) })
  }
  if (code !== 'not-an-s3-endpoint') return problemFinding(code, facts)
  if (isPlainToTls(failure, source)) {
    return problemFinding('plain-http-to-tls', facts, [{ endpoint: source.endpoint.replace('http://', 'https://') }])
  }
  return problemFinding(code, { ...facts, contentType: failure.contentType })
}

function credentialsFinding(code: FindingCode, source: Source, facts: Finding['facts']): Finding {
  // Trap 6: Backblaze calls a wrong region a wrong key; the host name knows the region.
  const ofEndpoint = providerPresets.find(({ endpoint }) => endpoint === source.endpoint)?.region
  if (ofEndpoint !== undefined && ofEndpoint !== source.region) return regionFinding(ofEndpoint, source, facts)
  const isTemporaryKey = source.accessKeyId.startsWith('ASIA')
  return problemFinding(code, { ...facts, ...(isTemporaryKey ? { isTemporaryKey } : {}) })
}

function codeFor({ s3Code, httpStatus, contentType, bucketRegion }: S3Failure): FindingCode {
  const byCode = codes[s3Code]
  if (byCode !== undefined) return byCode
  if (s3Code !== '') return httpStatus === 503 || httpStatus === 429 ? 'throttled' : 'unknown-refusal'
  // From here on the answer was not an S3 error document.
  if (httpStatus === 429 || httpStatus === 503) return 'throttled'
  if (bucketRegion !== null) return 'region-mismatch'
  const isForeign = /html|json|text\/plain/i.test(contentType)
  const isAnswer = httpStatus !== null && httpStatus < 400
  if (isForeign || isAnswer || httpStatus === 404 || httpStatus === 400) return 'not-an-s3-endpoint'
  if (httpStatus === 401) return 'invalid-access-key'
  return httpStatus === 403 ? 'access-denied' : 'unknown-refusal'
}

function regionFinding(expected: string | null, { endpoint, region }: Source, facts: Finding['facts']): Finding {
  const sent = { ...facts, sentRegion: region }
  if (expected === null || expected === '' || expected === region) return problemFinding('region-mismatch', sent)
  return problemFinding('region-mismatch', { ...sent, expectedRegion: expected }, [
    { region: expected, ...endpointForRegion(endpoint, region, expected) },
  ])
}

/** Where the host name holds the region, both have to change. */
function endpointForRegion(endpoint: string, from: string, to: string): { endpoint?: string } {
  const host = new URL(endpoint).hostname
  if (host === 's3.amazonaws.com' || !/\.(amazonaws\.com(\.cn)?|wasabisys\.com)$/.test(host)) return {}
  const moved = endpoint.replace(`s3.${from}.`, `s3.${to}.`).replace(`s3-${from}.`, `s3.${to}.`)
  return moved === endpoint ? {} : { endpoint: moved }
}

/** How Go, nginx and Apache answer http that is spoken to a TLS port. Any other 400 says nothing of https. */
const tlsDemand = new RegExp(
  [
    'Client sent an HTTP request to an HTTPS server',
    'The plain HTTP request was sent to HTTPS port',
    'speaking plain HTTP to an SSL-enabled server port',
  ].join('|'),
)

function isPlainToTls({ httpStatus, beginning }: S3Failure, { endpoint }: Source): boolean {
  return httpStatus === 400 && endpoint.startsWith('http://') && tlsDemand.test(beginning)
}
