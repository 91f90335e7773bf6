import { DEFAULT_REGION, knownAwsRegions } from './provider-presets.ts'
import { err, ok } from './result.ts'
import { checkText, checkToken, type FieldResult } from './text-rules.ts'
import { MAX_KEY_BYTES, utf8Length } from './units.ts'

export const fieldLimits = {
  apiKey: 256,
  endpoint: 255,
  region: 63,
  accessKeyId: 128,
  secretAccessKey: 256,
  bucket: 255,
  prefix: MAX_KEY_BYTES,
} as const

export const checkApiKey = (text: string): FieldResult => checkToken('apiKey', text, fieldLimits.apiKey)
export const checkAccessKeyId = (text: string): FieldResult =>
  checkToken('accessKeyId', text, fieldLimits.accessKeyId)
export const checkSecretAccessKey = (text: string): FieldResult =>
  checkToken('secretAccessKey', text, fieldLimits.secretAccessKey)

/** An endpoint is an origin: scheme, host, port. The bucket has its own field. */
export function checkEndpoint(text: string): FieldResult {
  const field = 'endpoint'
  const checked = checkText(field, text, fieldLimits.endpoint)
  if (!checked.ok) return checked
  const value = checked.value
  if (value === '') return err({ field, code: 'empty' })
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(value)?.[1]?.toLowerCase()
  if (scheme === undefined) {
    const isLocal = /^(localhost|127\.|\[::1\])/i.test(value)
    return err({ field, code: 'endpoint-without-scheme', repair: { endpoint: `${isLocal ? 'http' : 'https'}://${value}` } })
  }
  if (scheme !== 'http' && scheme !== 'https') return err({ field, code: 'endpoint-not-http' })
  if (!URL.canParse(value) || /\s/.test(value)) return err({ field, code: 'endpoint-malformed' })
  const url = new URL(value)
  // The repair would repeat what was typed, so credentials get none.
  if (url.username !== '' || url.password !== '') return err({ field, code: 'endpoint-with-credentials' })
  if (url.search !== '' || url.hash !== '') return err({ field, code: 'endpoint-with-query', repair: { endpoint: url.origin } })
  if (url.pathname !== '/') {
    const [bucket = '', ...rest] = decodePath(url.pathname.slice(1)).split('/')
    const prefix = rest.join('/')
    return err({
      field,
      code: 'endpoint-with-path',
      repair: { endpoint: url.origin, ...(bucket === '' ? {} : { bucket }), ...(prefix === '' ? {} : { prefix }) },
    })
  }
  return ok(url.origin)
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** Cross-field: `https://photos.s3.eu-west-1.amazonaws.com` with bucket `photos` would ask for `photos/photos`. */
export function checkEndpointAgainstBucket(endpoint: string, bucket: string): FieldResult {
  const url = new URL(endpoint)
  const startsWithBucket = bucket !== '' && url.hostname.startsWith(`${bucket.toLowerCase()}.`)
  const virtualHost = /^(.+)\.(s3[.-][a-z0-9-]+\.amazonaws\.com|s3\.[a-z0-9-]+\.wasabisys\.com|s3\.[a-z0-9-]+\.backblazeb2\.com)$/.exec(url.hostname)
  const bucketInHost = virtualHost?.[1] ?? (startsWithBucket ? bucket.toLowerCase() : null)
  if (bucketInHost === null) return ok(endpoint)
  const host = url.host.slice(bucketInHost.length + 1)
  // A bucket named like a store's own host part (`minio` at minio.example.org) is no mistake.
  if (virtualHost === null && !host.includes('.')) return ok(endpoint)
  if (virtualHost === null && !/^s3[.-]/.test(host)) return ok(endpoint)
  return err({
    field: 'endpoint',
    code: 'endpoint-with-bucket',
    repair: { endpoint: `${url.protocol}//${host}`, bucket: bucketInHost },
  })
}

/** Empty means the default; stores that ignore the region accept it. */
export function checkRegion(text: string, endpoint: string | null): FieldResult {
  const field = 'region'
  const checked = checkText(field, text, fieldLimits.region)
  if (!checked.ok) return checked
  const value = checked.value === '' ? (awsRegionOf(endpoint) ?? DEFAULT_REGION) : checked.value.toLowerCase()
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(value)) return err({ field, code: 'region-malformed' })
  const ofEndpoint = awsRegionOf(endpoint)
  if (ofEndpoint !== null && ofEndpoint !== value) {
    return err({ field, code: knownAwsRegions.has(value) ? 'region-differs-from-endpoint' : 'region-unknown', repair: { region: ofEndpoint } })
  }
  return ok(value)
}

function awsRegionOf(endpoint: string | null): string | null {
  if (endpoint === null || !URL.canParse(endpoint)) return null
  const host = new URL(endpoint).hostname
  if (host === 's3.amazonaws.com') return null
  return /(?:^|\.)s3[.-]([a-z0-9-]+)\.amazonaws\.com$/.exec(host)?.[1] ?? null
}

export function checkBucket(text: string): FieldResult {
  const field = 'bucket'
  const checked = checkText(field, text, fieldLimits.bucket)
  if (!checked.ok) return checked
  const value = checked.value
  if (value === '') return err({ field, code: 'empty' })
  const s3Url = /^s3:\/\/([^/]*)\/?(.*)$/i.exec(value)
  if (s3Url !== null) {
    const [, bucket = '', prefix = ''] = s3Url
    return err({
      field,
      code: 'bucket-is-url',
      ...(bucket === '' ? {} : { repair: { bucket, ...(prefix === '' ? {} : { prefix }) } }),
    })
  }
  if (/^https?:\/\//i.test(value)) return err({ field, code: 'bucket-is-url' })
  if (value.includes('/')) {
    const [, bucket = '', prefix = ''] = /^\/*([^/]*)\/?(.*)$/.exec(value) ?? []
    return err({
      field,
      code: 'bucket-has-path',
      ...(bucket === '' ? {} : { repair: { bucket, ...(prefix === '' ? {} : { prefix }) } }),
    })
  }
  // Wider than today's AWS rule: old buckets and Ceph tenants have capitals, `_` and `:`.
  if (!/^[A-Za-z0-9][A-Za-z0-9._:-]{1,253}[A-Za-z0-9]$/.test(value) || value.includes('..')) {
    return err({ field, code: 'bucket-name-malformed' })
  }
  return ok(value)
}

/** A folder, a single key, or empty for the whole bucket. */
export function checkSourcePrefix(text: string): FieldResult {
  const field = 'prefix'
  const checked = checkText(field, text, fieldLimits.prefix, utf8Length)
  if (!checked.ok) return checked
  const url = /^(?:s3|https?):\/\/[^/]*\/?(.*)$/i.exec(checked.value)
  if (url !== null) return err({ field, code: 'prefix-is-url', repair: { prefix: url[1] ?? '' } })
  return checked
}
