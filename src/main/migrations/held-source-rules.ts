import type { MigrationView } from '#shared/contract/schemas.ts'
import type { Secret } from '#shared/domain/secret.ts'
import { sourcePrefixText } from '#shared/domain/s3-location-model.ts'
import type { SourceCheck } from '#shared/ipc/source-check.ts'
import type { SourceConnection } from '../source/source-connection.ts'

/** The source of a dispatched migration, to be tried with a secret that was typed again or remembered. */
export function sourceOf({ source }: Pick<MigrationView, 'source'>, secretAccessKey: Secret): SourceConnection {
  const { endpoint, region, accessKeyId, bucket, target } = source
  const what = { prefix: sourcePrefixText(target), isPrefixObject: target.kind === 'object' }
  return { endpoint, region, accessKeyId, secretAccessKey, bucket, ...what }
}

const secretRefusals: ReadonlySet<string> = new Set(['invalid-access-key', 'signature-mismatch'])

/**
 * The code of the finding that speaks against a secret that was just typed, or null. Other findings do not count: the worker may
 * reach the source when this machine does not, and the bucket was checked at the dispatch.
 */
export function secretRefusal(check: SourceCheck): string | null {
  if (check.kind === 'stopped') return 'stopped'
  if (check.kind !== 'blocked') return null
  return check.findings.find(({ code }) => secretRefusals.has(code))?.code ?? null
}

/** Why the source is not ready, as the code of the finding that says so, or null when it is. */
export function whyNotReady(check: SourceCheck): string | null {
  if (check.kind === 'ready') return null
  const problem = check.kind === 'blocked' ? check.findings.find(({ severity }) => severity === 'problem') : undefined
  return problem?.code ?? check.kind
}
