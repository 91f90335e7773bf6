import type { ShownProgress } from '../shown-progress.ts'
import { compareSides, type JudgePair } from './compare-sides.ts'
import { likenessOf } from './likeness-rules.ts'
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
  /** Of the source, see `likenessOf`. */
  readonly isEtagOpaque: boolean
  readonly signal: AbortSignal
  readonly onFailure: (error: unknown) => void
}): Promise<void> {
  const { source, destination } = input.listings
  const wasThere: JudgePair = (from, to) => {
    if (to === null || to.lastModifiedMs >= input.startedAtMs) return 'missing'
    const likeness = likenessOf(from, to, input.isEtagOpaque)
    return likeness === 'by-checksum' || likeness === 'by-size' ? likeness : 'missing'
  }
  try {
    const found = await compareSides(source, destination, wasThere)
    input.progress.setAlreadyThere({ bytes: found.presentBytes, objects: found.presentObjects })
    input.progress.setTotals({ bytes: found.totalBytes, objects: found.totalObjects })
  } catch (error) {
    if (!input.signal.aborted) input.onFailure(error)
  }
}
