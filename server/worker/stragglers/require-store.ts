import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import { explainListingFailure } from '../inventory/listing-failure-rules.ts'
import { ListingFailedError, type SideEnds } from '../inventory/side-listings.ts'
import type { StoreSide } from './store-error.ts'

export interface AskedStores {
  readonly ends: SideEnds
  readonly redact: (text: string) => string
}

/** Asks an end for one key. Throws `ListingFailedError` when it gives no answer; a refusal is one. */
export async function requireStore({ ends, redact }: AskedStores, side: StoreSide): Promise<void> {
  const { client, bucket, signal } = ends[side]
  try {
    await client.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 }), { abortSignal: signal })
  } catch (error) {
    const failure = explainListingFailure(error, side)
    if (failure.permanent || signal.aborted) return
    throw new ListingFailedError({ ...failure, message: redact(failure.message) }, error)
  }
}
