import { type CopyFailure, type CopyFailureCode, explainRcloneFailure } from '../rclone/rclone-failure-rules.ts'
import { ListingTooLargeError, ListingUnusableError } from './object-listing.ts'

/** Whose exit code it has depends on what rclone said. */
export type ListingFailure = Omit<CopyFailure, 'exitCode'>

const tlsCodes = /^(?:ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:GET|VERIFY)_|ERR_SSL_|EPROTO$)/
const networkCodes = /^(?:ECONN|ENOTFOUND$|EAI_AGAIN$|EPIPE$|EHOST|ENET|ETIMEDOUT$)|^TimeoutError$/

/** What a failed listing or HEAD means. The store's own code decides; a HEAD gives only a status. */
export function explainListingFailure(error: unknown, side: 'source' | 'destination'): ListingFailure {
  const facts = error as {
    name?: string
    Code?: string
    code?: string
    message?: string
    $metadata?: { httpStatusCode?: number }
  }
  const message = `${side} listing: ${facts.Code ?? facts.code ?? facts.name ?? 'error'}: ${facts.message ?? ''}`
  const failure = (code: CopyFailureCode, permanent: boolean): ListingFailure => ({ code, side, message, permanent })
  if (error instanceof ListingUnusableError) return failure('unreachable', true)
  if (error instanceof ListingTooLargeError) return failure('copy-failed', true)
  const nodeCode = facts.code ?? facts.name ?? ''
  if (tlsCodes.test(nodeCode)) return failure('tls-untrusted', true)
  if (networkCodes.test(nodeCode)) return failure('unreachable', false)
  const { code, permanent } = explainRcloneFailure({
    text: `${facts.name ?? ''} ${facts.Code ?? ''}, StatusCode: ${facts.$metadata?.httpStatusCode ?? 0}`,
  })
  return failure(code, permanent)
}
