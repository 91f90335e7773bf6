/** How a store wants to be spoken to, told from its endpoint. Source: providers' public documentation. */
export interface S3Dialect {
  /** rclone's name for the provider, which sets its quirks. */
  readonly rcloneProvider: 'AWS' | 'Wasabi' | 'Cloudflare' | 'DigitalOcean' | 'GCS' | 'Other'
  /** Bucket in the path instead of in the host name. */
  readonly isPathStyle: boolean
}

const dialectsByHost: readonly (readonly [suffix: string, provider: S3Dialect['rcloneProvider']])[] = [
  ['.amazonaws.com', 'AWS'],
  ['.amazonaws.com.cn', 'AWS'],
  ['.wasabisys.com', 'Wasabi'],
  ['.r2.cloudflarestorage.com', 'Cloudflare'],
  ['.digitaloceanspaces.com', 'DigitalOcean'],
  ['storage.googleapis.com', 'GCS'],
]

export function s3DialectFor(endpoint: string, bucket: string): S3Dialect {
  const host = new URL(endpoint).hostname
  const rcloneProvider = dialectsByHost.find(([suffix]) => host.endsWith(suffix))?.[1] ?? 'Other'
  // Only AWS wants the bucket in the host name, and there a dot in the bucket breaks the certificate.
  const isDnsBucket = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(bucket)
  return { rcloneProvider, isPathStyle: rcloneProvider !== 'AWS' || !isDnsBucket }
}
