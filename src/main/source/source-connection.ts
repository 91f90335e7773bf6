import { err, ok, type Result } from '#shared/domain/result.ts'
import { Secret } from '#shared/domain/secret.ts'
import {
  checkAccessKeyId,
  checkBucket,
  checkEndpoint,
  checkEndpointAgainstBucket,
  checkRegion,
  checkSecretAccessKey,
  checkSourcePrefix,
} from '#shared/domain/source-field-rules.ts'
import type { FieldProblem, FieldResult } from '#shared/domain/text-rules.ts'
import type { SourceDraft } from '#shared/ipc/source-check.ts'

/** A source whose fields have passed the domain's rules: trimmed, complete, ready for a request. */
export interface SourceConnection {
  readonly endpoint: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: Secret
  readonly bucket: string
  /** As typed; empty for the whole bucket. Not yet known to be a folder or an object. */
  readonly prefix: string
  /** The object of exactly this key, also where a folder has the same name. */
  readonly isPrefixObject: boolean
}

/** Trap 11: says what is wrong with every field before any request is made. */
export function parseSourceDraft(draft: SourceDraft, secret: Secret): Result<SourceConnection, FieldProblem[]> {
  const endpoint = checkEndpoint(draft.endpoint)
  const bucket = checkBucket(draft.bucket)
  const together: FieldResult =
    endpoint.ok && bucket.ok ? checkEndpointAgainstBucket(endpoint.value, bucket.value) : endpoint
  const region = checkRegion(draft.region, endpoint.ok ? endpoint.value : null)
  const accessKeyId = checkAccessKeyId(draft.accessKeyId)
  const secretAccessKey = checkSecretAccessKey(secret.reveal())
  const prefix = checkSourcePrefix(draft.prefix)
  if (together.ok && region.ok && accessKeyId.ok && secretAccessKey.ok && bucket.ok && prefix.ok) {
    return ok({
      endpoint: together.value,
      region: region.value,
      accessKeyId: accessKeyId.value,
      secretAccessKey: Secret.of(secretAccessKey.value),
      bucket: bucket.value,
      prefix: prefix.value,
      isPrefixObject: draft.prefixMeans === 'object',
    })
  }
  const results = [together, region, accessKeyId, secretAccessKey, bucket, prefix]
  return err(results.flatMap((result) => (result.ok ? [] : [result.error])))
}
