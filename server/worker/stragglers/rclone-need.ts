import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import { ListingFailedError, type SideListings } from '../inventory/side-listings.ts'
import { isBeyondRclone, isFolderBeyondRclone } from './rclone-key-rules.ts'

/**
 * Whether rclone is to be started. Not for a folder, at either end, below which it would find nothing or write
 * everything to other keys; and not for a single object that is beyond it, for which it heeds no filter. True when the
 * source does not tell: rclone meets the same trouble, and names it.
 */
export async function isRcloneNeeded(
  listings: Pick<SideListings, 'source'>,
  target: SourceTarget,
  destinationPrefix: string,
): Promise<boolean> {
  if (target.kind !== 'object') return !isFolderBeyondRclone(target, destinationPrefix)
  try {
    for await (const { key, size } of listings.source()) {
      return !isBeyondRclone({ sourceKey: target.key, destinationKey: key, bytes: size })
    }
  } catch (error) {
    if (!(error instanceof ListingFailedError)) throw error
  }
  return true
}
