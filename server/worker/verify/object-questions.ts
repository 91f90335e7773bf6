import { HeadObjectCommand } from '@aws-sdk/client-s3'
import { explainListingFailure } from '../inventory/listing-failure-rules.ts'
import { hasOpaqueEtag } from '../inventory/opaque-etags.ts'
import { ListingFailedError, type SideEnds } from '../inventory/side-listings.ts'
import type { ObjectQuestions } from './compare-pair.ts'

/** HEADs, for the few objects about which the listings leave a question. */
export function askStores(ends: SideEnds, toSourceKey: (key: string) => string): ObjectQuestions {
  return {
    hasOpaqueEtag: async (key) =>
      (await hasOpaqueEtag(ends.source, 'source', toSourceKey(key))) ||
      (await hasOpaqueEtag(ends.destination, 'destination', key)),
    async uploadedMd5(key) {
      const { client, bucket, signal } = ends.destination
      try {
        const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal })
        return md5FromBase64(head.Metadata?.['md5chksum'])
      } catch (error) {
        const failure = explainListingFailure(error, 'destination')
        if (failure.permanent && !signal.aborted) return null
        throw new ListingFailedError(failure, error)
      }
    },
  }
}

/** As rclone writes it; anybody may have written something else there. */
function md5FromBase64(text: string | undefined): string | null {
  const digest = Buffer.from(text ?? '', 'base64')
  return digest.length === 16 ? digest.toString('hex') : null
}
