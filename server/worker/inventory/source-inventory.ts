import type { ShownProgress } from '../shown-progress.ts'
import { compareSides, isSameObject } from './compare-sides.ts'
import type { SideListings } from './side-listings.ts'

/**
 * Counts the source while rclone copies: the totals, once they are known to the last object, and how much of it
 * was at the destination before. What has changed there since `startedAtMs` is counted by rclone; clocks that
 * differ by seconds only make the bar inexact, never the end. Never rejects: without it the totals stay unknown, and
 * rclone or the verification meets the same trouble and decides.
 */
export async function takeInventory(input: {
  readonly listings: SideListings
  readonly progress: Pick<ShownProgress, 'setTotals' | 'setAlreadyThere'>
  readonly startedAtMs: number
  readonly signal: AbortSignal
  readonly onFailure: (error: unknown) => void
}): Promise<void> {
  const { source, destination } = input.listings
  try {
    const found = await compareSides(
      source,
      destination,
      (from, to) => to.lastModifiedMs < input.startedAtMs && isSameObject(from, to),
    )
    input.progress.setAlreadyThere({ bytes: found.presentBytes, objects: found.presentObjects })
    input.progress.setTotals({ bytes: found.totalBytes, objects: found.totalObjects })
  } catch (error) {
    if (!input.signal.aborted) input.onFailure(error)
  }
}
