import type { MigrationProgress } from '#shared/domain/progress-model.ts'

export interface Amount {
  readonly bytes: number
  readonly objects: number
}

/**
 * Adds up the one progress a person sees: what this job has transferred and what was there before it. rclone
 * counts bytes of transfers that it later repeats; hence the limit to the totals and a count that never goes back.
 */
export interface ShownProgress {
  readonly setTotals: (totals: Amount) => void
  /** rclone starts once more, and counts from zero: what was counted stays counted. */
  readonly beginAnotherCopy: () => void
  /** Objects that were at the destination before this job began to copy. */
  readonly setAlreadyThere: (amount: Amount) => void
  readonly setTransferred: (transferred: Amount & { readonly bytesPerSecond: number }) => void
  /** What a comparison of both sides has found at the destination: it takes the place of all that was counted. */
  readonly setVerified: (amount: Amount) => void
  /** The copy ended early: only whole objects made it, so the bytes of begun ones are taken off again (S16). */
  readonly setStopped: (transferred: Amount) => void
  readonly current: () => MigrationProgress
}

/** `before`: what an earlier worker of the same migration has reached and shown. */
export function createShownProgress(before: MigrationProgress): ShownProgress {
  const { totalBytes, totalObjects } = before
  let totals: Amount | null =
    totalBytes === null || totalObjects === null ? null : { bytes: totalBytes, objects: totalObjects }
  let alreadyThere: Amount = { bytes: 0, objects: 0 }
  let transferred: Amount = { bytes: 0, objects: 0 }
  let bytesPerSecond: number | null = null
  let shown: Amount = { bytes: before.copiedBytes, objects: before.copiedObjects }

  const add = (unit: keyof Amount): number => {
    const counted = Math.max(shown[unit], alreadyThere[unit] + transferred[unit])
    return totals === null ? counted : Math.min(counted, totals[unit])
  }
  return {
    setTotals: (amount) => void (totals = amount),
    beginAnotherCopy() {
      alreadyThere = {
        bytes: alreadyThere.bytes + transferred.bytes,
        objects: alreadyThere.objects + transferred.objects,
      }
      transferred = { bytes: 0, objects: 0 }
    },
    setAlreadyThere: (amount) => void (alreadyThere = amount),
    setTransferred(amount) {
      transferred = amount
      bytesPerSecond = amount.bytesPerSecond
    },
    setVerified(amount) {
      alreadyThere = { bytes: 0, objects: 0 }
      transferred = amount
      shown = amount
      bytesPerSecond = null
    },
    setStopped(amount) {
      transferred = amount
      bytesPerSecond = null
      // An earlier worker's count stays: how much of it was whole objects is not known here.
      shown = { bytes: before.copiedBytes, objects: shown.objects }
    },
    current() {
      shown = { bytes: add('bytes'), objects: add('objects') }
      return {
        copiedBytes: shown.bytes,
        copiedObjects: shown.objects,
        totalBytes: totals?.bytes ?? null,
        totalObjects: totals?.objects ?? null,
        bytesPerSecond,
      }
    },
  }
}
