import type { Waiting } from '#shared/contract/schemas.ts'
import { sumCounts } from '#shared/domain/count-rules.ts'
import type { MigrationProgress } from '#shared/domain/progress-model.ts'
import type { JobReport } from '../../stores/held-job.ts'
import { createRateMeter } from '../rclone/rate-meter-model.ts'
import { createCopyCourse } from './copy-course.ts'

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
  /** Of the totals: what this migration will not bring over (archived and not there); it is not waited for. */
  readonly setOutOfReach: (amount: Amount) => void
  readonly setTransferred: (transferred: Amount & { readonly bytesPerSecond: number }) => void
  /**
   * The worker itself has copied so much more (what rclone cannot carry); an object counts when it is whole. Less
   * than nothing takes back what did not become an object.
   */
  readonly addByWorker: (more: Amount) => void
  /** Objects the running verification has compared; null when none runs. */
  readonly setComparing: (objects: number | null) => void
  readonly setWaiting: (waiting: Waiting | null) => void
  /** What a comparison of both sides has found at the destination: it takes the place of all that was counted. */
  readonly setVerified: (amount: Amount) => void
  /** The copy ended early: only whole objects made it, so the bytes of begun ones are taken off again (S16). */
  readonly setStopped: (transferred: Amount) => void
  readonly current: () => JobReport
}

const nothing: Amount = { bytes: 0, objects: 0 }

/** `before`: what an earlier worker of the same migration has reached and shown. `clockMs`: any steady one. */
export function createShownProgress(
  before: MigrationProgress,
  clockMs: () => number = () => performance.now(),
): ShownProgress {
  const { totalBytes, totalObjects } = before
  let totals: Amount | null =
    totalBytes === null || totalObjects === null ? null : { bytes: totalBytes, objects: totalObjects }
  let outOfReach = nothing
  let alreadyThere = nothing
  /** By the copies before the one that runs. */
  let transferredBefore = nothing
  let transferred = nothing
  let byWorker = nothing
  let isWorkerCopying = false
  let bytesPerSecond: number | null = null
  let shown: Amount = { bytes: before.copiedBytes, objects: before.copiedObjects }
  let comparing: number | null = null
  let waiting: Waiting | null = null
  const course = createCopyCourse(clockMs)
  const workerRate = createRateMeter()

  const count = (unit: keyof Amount): number => {
    const counted = Math.max(
      shown[unit],
      sumCounts(alreadyThere[unit], transferredBefore[unit], transferred[unit], byWorker[unit]),
    )
    return totals === null ? counted : Math.min(counted, totals[unit])
  }
  const left = (): Amount | null => {
    if (totals === null) return null
    const of = (unit: keyof Amount, all: Amount): number => Math.max(0, all[unit] - outOfReach[unit] - shown[unit])
    return { bytes: of('bytes', totals), objects: of('objects', totals) }
  }
  const replaceCounts = (): void => {
    course.pause()
    bytesPerSecond = null
    isWorkerCopying = false
  }
  return {
    setTotals(amount) {
      const hasGrown = totals !== null && (amount.bytes > totals.bytes || amount.objects > totals.objects)
      if (hasGrown) course.explain('total-grew')
      totals = sum(amount)
    },
    beginAnotherCopy() {
      course.explain('copying-again')
      transferredBefore = sum(transferredBefore, transferred)
      transferred = nothing
    },
    setAlreadyThere: (amount) => void (alreadyThere = amount),
    setOutOfReach: (amount) => void (outOfReach = amount),
    setTransferred(amount) {
      course.move({ bytes: amount.bytes - transferred.bytes, objects: amount.objects - transferred.objects })
      transferred = amount
      bytesPerSecond = amount.bytesPerSecond
      isWorkerCopying = false
    },
    addByWorker(more) {
      course.move(more)
      byWorker = sum(byWorker, more)
      isWorkerCopying = true
    },
    setComparing(objects) {
      comparing = objects
      if (objects !== null) course.pause()
    },
    setWaiting(next) {
      waiting = next
      course.setWaiting(next !== null)
      if (next !== null) bytesPerSecond = null
    },
    setVerified(found) {
      replaceCounts()
      const amount = sum(found)
      ;[alreadyThere, transferredBefore, transferred, byWorker] = [nothing, nothing, amount, nothing]
      shown = amount
    },
    setStopped(amount) {
      replaceCounts()
      transferred = amount
      // An earlier worker's count stays: how much of it was whole objects is not known here.
      shown = { bytes: before.copiedBytes, objects: shown.objects }
    },
    current() {
      shown = { bytes: count('bytes'), objects: count('objects') }
      if (isWorkerCopying) bytesPerSecond = workerRate.add(clockMs(), byWorker.bytes)
      const { remaining, throughput } = course.tell(left())
      return {
        progress: {
          copiedBytes: shown.bytes,
          copiedObjects: shown.objects,
          totalBytes: totals?.bytes ?? null,
          totalObjects: totals?.objects ?? null,
          bytesPerSecond,
          verifiedObjects: comparing,
          remainingSeconds: remaining.seconds,
          remainingNote: remaining.note,
        },
        throughput,
        waiting,
      }
    },
  }
}

const sum = (...amounts: readonly Amount[]): Amount => ({
  bytes: sumCounts(...amounts.map(({ bytes }) => bytes)),
  objects: sumCounts(...amounts.map(({ objects }) => objects)),
})
