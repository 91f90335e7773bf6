import { HeadObjectCommand, type HeadObjectCommandOutput, PutObjectCommand } from '@aws-sdk/client-s3'
import { forEachLimited } from '../inventory/for-each-limited.ts'
import { isFolderMarker } from '../inventory/likeness-rules.ts'
import { type ListedPair, walkPairs } from '../inventory/pair-listings.ts'
import type { SideEnds, SideListings } from '../inventory/side-listings.ts'
import type { RecentActivity } from '../recent-activity.ts'

/** Markers under way at once. */
const MAX_AT_ONCE = 16
const MAX_NAMED = 10

export interface FolderMarkersInput {
  readonly listings: SideListings
  readonly ends: SideEnds
  readonly toSourceKey: (key: string) => string
  readonly activity: Pick<RecentActivity, 'add'>
}

/**
 * Copies the empty `folder/` objects that rclone passes over, with their type and metadata, where the
 * destination does not hold them. One that a store refuses is told and left: it carries no data, and the
 * verification names it once more. Throws `ListingFailedError`.
 */
export async function copyFolderMarkers(input: FolderMarkersInput): Promise<void> {
  let refused = 0
  const copy = async ({ source, destination }: ListedPair): Promise<void> => {
    if (!isFolderMarker(source) || destination?.size === 0) return
    const refusal = await copyMarker(input, source.key)
    if (refusal === null || input.ends.destination.signal.aborted) return
    refused += 1
    if (refused <= MAX_NAMED) input.activity.add('info', `folder marker ${source.key} could not be copied: ${refusal}`)
  }
  await walkPairs(input.listings.source, input.listings.destination, (pairs) => forEachLimited(pairs, MAX_AT_ONCE, copy))
}

/** Null when it is there now, else the store's word. */
async function copyMarker({ ends, toSourceKey }: FolderMarkersInput, key: string): Promise<string | null> {
  const { source, destination } = ends
  try {
    const head = await source.client.send(
      new HeadObjectCommand({ Bucket: source.bucket, Key: toSourceKey(key) }),
      { abortSignal: source.signal },
    )
    await destination.client.send(
      new PutObjectCommand({ Bucket: destination.bucket, Key: key, Body: '', ...keptHeaders(head) }),
      { abortSignal: destination.signal },
    )
    return null
  } catch (error) {
    // The SDK's errors are the stores' refusals; anything else is a bug.
    if (!(error instanceof Error) || !('$metadata' in error || 'code' in error)) throw error
    return error.name
  }
}

/** What rclone keeps of an object as well. */
function keptHeaders(head: HeadObjectCommandOutput) {
  const { ContentType, CacheControl, ContentDisposition, ContentEncoding, ContentLanguage, Metadata } = head
  return { ContentType, CacheControl, ContentDisposition, ContentEncoding, ContentLanguage, Metadata }
}
