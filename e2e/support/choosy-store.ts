import type { IncomingHttpHeaders } from 'node:http'

/**
 * What AWS minds and `rclone serve s3` does not. Each rule looks at what was really sent, so a request that was put
 * right passes. At first all pass.
 */
export interface StoreRules {
  /** The one region that requests may be signed for. */
  region: string | null
  /** By how much the store's clock is before this machine's. */
  clockAheadMs: number
  isBusy: boolean
  /** Whether the key has s3:ListBucket. */
  mayList: boolean
}

export interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
  /** Further elements of the error document. */
  readonly details?: string
  readonly headers?: Readonly<Record<string, string>>
}

export const lenientRules = (): StoreRules => ({ region: null, clockAheadMs: 0, isBusy: false, mayList: true })

const MAX_SKEW_MS = 15 * 60_000

/** The refusal that AWS would give; null: none. */
export function refusalOf(headers: IncomingHttpHeaders, isList: boolean, rules: StoreRules): Refusal | null {
  if (rules.isBusy) return { status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' }
  const signedFor = regionOf(headers)
  if (rules.region !== null && signedFor !== rules.region) {
    const message = `The authorization header is malformed; the region '${signedFor}' is wrong; expecting '${rules.region}'`
    return { status: 400, code: 'AuthorizationHeaderMalformed', message, details: `<Region>${rules.region}</Region>` }
  }
  const serverTime = Date.now() + rules.clockAheadMs
  if (Math.abs(serverTime - signedAt(headers)) > MAX_SKEW_MS) {
    const message = 'The difference between the request time and the current time is too large.'
    const details = `<MaxAllowedSkewMilliseconds>${String(MAX_SKEW_MS)}</MaxAllowedSkewMilliseconds>`
    return { status: 403, code: 'RequestTimeTooSkewed', message, details, headers: { date: new Date(serverTime).toUTCString() } }
  }
  return isList && !rules.mayList ? { status: 403, code: 'AccessDenied', message: 'Access Denied' } : null
}

/** Of `Credential=AKIA…/20261122/us-east-1/s3/aws4_request`. */
export function regionOf({ authorization = '' }: IncomingHttpHeaders): string {
  return /Credential=[^/]+\/\d{8}\/([^/]+)\//.exec(authorization)?.[1] ?? ''
}

/** Of `x-amz-date: 20261122T190000Z`. */
function signedAt(headers: IncomingHttpHeaders): number {
  const written = String(headers['x-amz-date'])
  return Date.parse(written.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}
