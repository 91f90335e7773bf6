import type { Throughput } from '#shared/contract/schemas.ts'
import type { RemainingNote } from '#shared/domain/progress-model.ts'
import { createRemainingTime, type RemainingTold, type WorkLeft } from './remaining-time-model.ts'
import { createThroughputHistory } from './throughput-history-model.ts'

/** How a copy goes on by the clock: its history, and when it will end. */
export interface CopyCourse {
  /** So much more was moved; copying goes on from here. Less than nothing is a correction of the count, no movement. */
  readonly move: (moved: WorkLeft) => void
  /** Nothing is being copied until something moves again; that time is no part of the course. */
  readonly pause: () => void
  /** A wait is part of the history, and says nothing about the speed. */
  readonly setWaiting: (isWaiting: boolean) => void
  readonly explain: (reason: Exclude<RemainingNote, 'slower'>) => void
  /** `left`: null while the totals are unknown. */
  readonly tell: (left: WorkLeft | null) => CourseTold
}

export interface CourseTold {
  readonly remaining: RemainingTold
  readonly throughput: Throughput | null
}

export function createCopyCourse(clockMs: () => number): CopyCourse {
  const history = createThroughputHistory()
  const remaining = createRemainingTime()
  let countedUntilMs = clockMs()
  let isCopying = false
  let isWaiting = false

  /** Accounts for the time since it was called last. */
  function advance(moved: WorkLeft): void {
    const nowMs = clockMs()
    const seconds = (nowMs - countedUntilMs) / 1_000
    countedUntilMs = nowMs
    if (!isCopying) return
    history.add(seconds, moved.bytes)
    if (!isWaiting) remaining.measure(seconds, moved)
  }
  const stand = (): void => advance({ bytes: 0, objects: 0 })
  return {
    move({ bytes, objects }) {
      if (!isCopying) stand()
      isCopying = true
      advance({ bytes: Math.max(0, bytes), objects: Math.max(0, objects) })
    },
    pause() {
      stand()
      isCopying = false
    },
    setWaiting(next) {
      stand()
      if (isWaiting) remaining.explain('waiting')
      isWaiting = next
    },
    explain: remaining.explain,
    tell(left) {
      stand()
      const told = remaining.tell(countedUntilMs / 1_000, isCopying && !isWaiting ? left : null)
      return { remaining: isWaiting ? { seconds: null, note: 'waiting' } : told, throughput: history.current() }
    },
  }
}
