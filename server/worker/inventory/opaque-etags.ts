import { HeadObjectCommand } from '@aws-sdk/client-s3'
import { explainListingFailure } from './listing-failure-rules.ts'
import type { Listing, ListingInput } from './object-listing.ts'
import { ListingFailedError } from './side-listings.ts'

/** How far a sample is looked for among empty objects: one page. */
const MAX_EMPTY_OBJECTS = 1_000

/**
 * Whether the object's ETag is no MD5 of its content, although it may look like one: so with SSE-KMS and SSE-C
 * (AWS S3 API, "Common response headers", ETag). False when the store refuses to describe the object; throws
 * `ListingFailedError` for what may pass.
 */
export async function hasOpaqueEtag(input: ListingInput, side: 'source' | 'destination', key: string): Promise<boolean> {
  try {
    const head = await input.client.send(new HeadObjectCommand({ Bucket: input.bucket, Key: key }), {
      abortSignal: input.signal,
    })
    return head.SSECustomerAlgorithm !== undefined || (head.ServerSideEncryption ?? '').startsWith('aws:kms')
  } catch (error) {
    const failure = explainListingFailure(error, side)
    if (failure.permanent && !input.signal.aborted) return false
    throw new ListingFailedError(failure, error)
  }
}

/**
 * The same for one object that stands for the source: a bucket is mostly encrypted in one way. False when it
 * cannot be told: the copy meets the same trouble, and decides.
 */
export async function sampleHasOpaqueEtag(
  source: Listing,
  hasOpaque: (key: string) => Promise<boolean>,
): Promise<boolean> {
  try {
    let empty = 0
    for await (const { key, size } of source()) {
      if (size > 0) return await hasOpaque(key)
      if ((empty += 1) >= MAX_EMPTY_OBJECTS) return false
    }
  } catch (error) {
    if (!(error instanceof ListingFailedError)) throw error
  }
  return false
}
