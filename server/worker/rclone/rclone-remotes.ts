import { s3DialectFor } from '#shared/domain/s3-dialect-rules.ts'
import type { Secret } from '#shared/domain/secret.ts'
import { STRAGGLER_ENCODING } from '../stragglers/rclone-filter.ts'

export interface S3RemoteLocation {
  /** Absolute URL, `https://s3.eu-west-1.amazonaws.com`. */
  readonly endpoint: string
  /** Signing region; empty where the store does not care. */
  readonly region: string
  readonly bucket: string
  /**
   * False when the store is known to ignore `encoding-type=url`. With it rclone can list keys that XML
   * cannot hold (control characters); without the server's support it would misread `+` and `%`.
   */
  readonly encodesListings?: boolean
  /** True when its ETags look like an MD5 and are none (SSE-KMS, SSE-C). */
  readonly isEtagOpaque?: boolean
}

export interface S3RemoteCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: Secret
}

/** An rclone remote as rc takes it inline. rclone refuses any value that is not a string. */
export type InlineRemote = Readonly<Record<string, string>>

/**
 * Builds the remote to read from. `folder` is `` or ends in `/`: without the slash rclone may take the
 * name for an object and refuse the whole copy.
 */
export function sourceRemote(location: S3RemoteLocation, credentials: S3RemoteCredentials, folder: string): InlineRemote {
  return s3Remote(location, credentials, folder)
}

/** Builds the remote to write to. `folder` is `` or ends in `/`. */
export function destinationRemote(
  location: S3RemoteLocation,
  credentials: S3RemoteCredentials,
  folder: string,
): InlineRemote {
  return {
    ...s3Remote(location, credentials, folder),
    // Saves a HEAD per object. Safe: the store checks Content-MD5 (single PUT and parts), and the worker
    // compares the two listings at the end.
    no_head: 'true',
    // Straight to it: the operators named this endpoint, which may well be a private one. Should rclone ever
    // forget this option, everything goes through the job's proxy and a private destination is refused.
    'override.http_proxy': '',
  }
}

function s3Remote(location: S3RemoteLocation, credentials: S3RemoteCredentials, folder: string): InlineRemote {
  const dialect = s3DialectFor(location.endpoint, location.bucket)
  return {
    type: 's3',
    provider: dialect.rcloneProvider,
    access_key_id: credentials.accessKeyId,
    secret_access_key: credentials.secretAccessKey.reveal(),
    // Never from the machine: a worker's own role must not stand in for a customer's key.
    env_auth: 'false',
    endpoint: location.endpoint,
    region: signingRegion(dialect.rcloneProvider, location.region),
    force_path_style: String(dialect.isPathStyle),
    // A key that may write objects need not be allowed to create or look up buckets.
    no_check_bucket: 'true',
    list_version: '2',
    list_url_encode: String(location.encodesListings ?? true),
    encoding: STRAGGLER_ENCODING,
    // All that this does to a remote that is read from: ETags are not taken for MD5.
    ...(location.isEtagOpaque === true ? { server_side_encryption: 'aws:kms' } : {}),
    _root: `${location.bucket}/${folder}`,
  }
}

function signingRegion(provider: string, region: string): string {
  if (region !== '') return region
  return provider === 'Cloudflare' ? 'auto' : 'us-east-1'
}
