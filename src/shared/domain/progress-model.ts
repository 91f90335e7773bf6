/** What the worker knows about the copy so far. Totals are null until its own listing of the source ends. */
export interface MigrationProgress {
  readonly copiedBytes: number
  readonly copiedObjects: number
  readonly totalBytes: number | null
  readonly totalObjects: number | null
  /** Payload rate over the last seconds; null when nothing has been measured. */
  readonly bytesPerSecond: number | null
  /** Objects compared so far by the verification that is under way; null outside of one. */
  readonly verifiedObjects: number | null
  /** Null while nothing honest can be said. */
  readonly remainingSeconds: number | null
  /** Why the end has moved further away since it was last told; null when it has not. */
  readonly remainingNote: RemainingNote | null
}

export const remainingNotes = ['slower', 'total-grew', 'waiting', 'copying-again'] as const
export type RemainingNote = (typeof remainingNotes)[number]

export const emptyProgress: MigrationProgress = {
  copiedBytes: 0,
  copiedObjects: 0,
  totalBytes: null,
  totalObjects: null,
  bytesPerSecond: null,
  verifiedObjects: null,
  remainingSeconds: null,
  remainingNote: null,
}

/**
 * Share of the work done, 0..1, by bytes (S12); by objects when the source holds only empty ones.
 * Null while the total is unknown: the bar is then indeterminate, never a guess.
 */
export function progressFraction(progress: MigrationProgress): number | null {
  const { totalBytes, totalObjects } = progress
  if (totalBytes === null || totalObjects === null) return null
  const [done, total] =
    totalBytes > 0 ? [progress.copiedBytes, totalBytes] : [progress.copiedObjects, totalObjects]
  if (total === 0) return null
  return Math.min(1, Math.max(0, done / total))
}

/**
 * Whole percent for display. Rounds down and stays at 99 until every byte and every object is
 * there, so that "100 %" is never said of an unfinished copy.
 */
export function progressPercent(progress: MigrationProgress): number | null {
  const fraction = progressFraction(progress)
  if (fraction === null) return null
  const isAllObjects = progress.totalObjects !== null && progress.copiedObjects >= progress.totalObjects
  return fraction >= 1 ? (isAllObjects ? 100 : 99) : Math.floor(fraction * 100)
}
