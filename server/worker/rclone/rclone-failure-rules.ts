import type { FailureCode } from '#shared/domain/failure-codes.ts'

export type CopySide = 'source' | 'destination' | 'worker'

export type CopyFailureCode = Extract<
  FailureCode,
  | 'invalid-access-key'
  | 'signature-mismatch'
  | 'access-denied'
  | 'region-mismatch'
  | 'bucket-not-found'
  | 'source-not-found'
  | 'archived-object'
  | 'quota-exceeded'
  | 'unreachable'
  | 'tls-untrusted'
  | 'clock-skew'
  | 'throttled'
  | 'copy-failed'
>

export interface CopyFailure {
  readonly code: CopyFailureCode
  readonly side: CopySide
  /** Another attempt cannot help. */
  readonly permanent: boolean
  /** As rclone's command line would have exited: 3 not found, 1 any other error. */
  readonly exitCode: number
  /** rclone's words, as given: redact before they are shown or stored. */
  readonly message: string
}

export interface RcloneFailureText {
  readonly text: string
  /** Hosts tell the side when the words do not; equal hosts tell nothing. */
  readonly sourceEndpoint?: string
  readonly destinationEndpoint?: string
}

type Rule = readonly [code: CopyFailureCode, permanent: boolean, pattern: RegExp]

// First match wins: named S3 codes before HTTP status numbers before the words of the network.
const rules: readonly Rule[] = [
  ['archived-object', true, /Object in GLACIER|\bInvalidObjectState\b/],
  ['signature-mismatch', true, /\bSignatureDoesNotMatch\b/],
  ['invalid-access-key', true, /\b(?:InvalidAccessKeyId|InvalidAccessKey|InvalidSecurity|Unauthorized)\b/],
  [
    'region-mismatch',
    true,
    /\b(?:AuthorizationHeaderMalformed|InvalidRegion|PermanentRedirect|TemporaryRedirect|BucketRegionError|IllegalLocationConstraintException)\b/,
  ],
  ['clock-skew', true, /\b(?:RequestTimeTooSkewed|RequestExpired)\b/],
  ['bucket-not-found', true, /\bNoSuchBucket\b|^(?:.*: )?directory not found$/],
  ['copy-failed', true, /\b(?:KeyTooLong(?:Error)?|(?:XMinio)?InvalidObjectName|InvalidURI|EntityTooLarge)\b/],
  ['source-not-found', true, /\b(?:NoSuchKey|NoSuchVersion)\b|^(?:.*: )?object not found$/],
  ['quota-exceeded', true, /\b\w*QuotaExceeded\w*\b|\bInsufficientStorage\b|StatusCode: 507/],
  ['access-denied', true, /\b(?:AccessDenied|AccessDeniedException|AllAccessDisabled|AccountProblem|Forbidden)\b/],
  [
    'throttled',
    false,
    /\b(?:SlowDown|ServiceUnavailable|TooManyRequests|Throttling\w*|RequestLimitExceeded|BandwidthLimitExceeded)\b/,
  ],
  ['invalid-access-key', true, /StatusCode: 401/],
  ['access-denied', true, /StatusCode: 403/],
  ['region-mismatch', true, /StatusCode: 30[17]/],
  ['throttled', false, /StatusCode: (?:429|503)/],
  // It is there, but not as a store.
  ['unreachable', false, /StatusCode: 5\d\d/],
  ['tls-untrusted', true, /\bx509:|tls: failed to verify|certificate (?:is|has|signed)/],
  ['unreachable', true, /connection not allowed by ruleset/],
  [
    'unreachable',
    false,
    /dial tcp|connection refused|no such host|network is unreachable|no route to host|connection reset|broken pipe|i\/o timeout|TLS handshake|HTTP response to HTTPS client|context deadline exceeded|request send failed|unexpected EOF|\bEOF$/,
  ],
]

/** Tells from rclone's error text what went wrong, at which end, and whether trying again can help. */
export function explainRcloneFailure(facts: RcloneFailureText): CopyFailure {
  const text = withoutNoise(facts.text)
  // The requested URL and quoted keys are other people's words: `.../AccessDenied.txt` is no refusal.
  const words = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
  const rule = rules.find(([, , pattern]) => pattern.test(words))
  return {
    code: rule?.[0] ?? 'copy-failed',
    side: sideOf(facts, words),
    permanent: rule?.[1] ?? false,
    exitCode: /(?:directory|object) not found$/.test(words) ? 3 : 1,
    message: text,
  }
}

/**
 * Takes out what tells nobody anything. The job's proxy: `socks connect tcp 127.0.0.1:4711->host:443: unknown error
 * connection refused` gets the words it would have without it. And the ids that many stores do not give:
 * `StatusCode: 403, RequestID: , HostID: , api error …`.
 */
export function withoutNoise(text: string): string {
  return text
    .replaceAll(/socks connect tcp \S+->(\S+): (?:unknown error )?/g, 'dial tcp $1: ')
    .replaceAll(/, (?:RequestID|HostID): (?=,)/g, '')
}

const troublesOfOneObject: readonly CopyFailureCode[] = ['archived-object', 'source-not-found', 'copy-failed']

/**
 * Whether one failed object dooms the others, so that going on only costs the person egress: the destination
 * refuses, the bucket is gone, or a key is no longer good. An unreadable or archived source object does not, nor
 * does a key that the destination cannot take.
 */
export function endsWholeCopy({ permanent, side, code }: CopyFailure): boolean {
  if (!permanent || troublesOfOneObject.includes(code)) return false
  return side === 'destination' || code !== 'access-denied'
}

/** Whether it tells about the whole copy: no object can fail for it alone. */
export function concernsWholeCopy(failure: CopyFailure): boolean {
  return endsWholeCopy(failure) || /^error reading (?:source|destination) root directory/.test(failure.message)
}

/** Of several failures the one a person must act on first; objects' own troubles come last. */
export function mostTelling(failures: readonly CopyFailure[]): CopyFailure | null {
  return failures.reduce<CopyFailure | null>(
    (best, failure) => (best === null || weight(failure) > weight(best) ? failure : best),
    null,
  )
}

function weight(failure: CopyFailure): number {
  if (endsWholeCopy(failure)) return 4
  if (failure.code === 'copy-failed') return 0
  if (failure.code === 'archived-object') return 1
  return failure.permanent ? 3 : 2
}

function sideOf(facts: RcloneFailureText, words: string): CopySide {
  if (/error reading source|failed to open source|Object in GLACIER|\bS3: GetObject\b/.test(words)) return 'source'
  if (/error reading destination/.test(words)) return 'destination'
  if (/\bS3: (?:PutObject|UploadPart|(?:Create|Complete|Abort)MultipartUpload|CopyObject)\b/.test(words)) {
    return 'destination'
  }
  const source = hostOf(facts.sourceEndpoint)
  const destination = hostOf(facts.destinationEndpoint)
  if (source !== destination) {
    if (source !== null && facts.text.includes(`//${source}/`)) return 'source'
    if (destination !== null && facts.text.includes(`//${destination}/`)) return 'destination'
  }
  // rclone reports a missing root or object only for the side it reads.
  return /(?:directory|object) not found$/.test(words) ? 'source' : 'worker'
}

function hostOf(endpoint: string | undefined): string | null {
  return endpoint !== undefined && URL.canParse(endpoint) ? new URL(endpoint).host : null
}
