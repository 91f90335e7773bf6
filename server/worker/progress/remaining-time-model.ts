import type { RemainingNote } from '#shared/domain/progress-model.ts'
import { OBJECTS_PER_SECOND } from '#shared/domain/time-estimate-model.ts'
import { MIB } from '#shared/domain/units.ts'
import { createSmoothedRate } from './smoothed-rate-model.ts'

/** B5. Seconds are of any steady clock. */
export interface RemainingTime {
  /** So much was moved during so many seconds in which copying was possible. */
  readonly measure: (seconds: number, moved: { readonly bytes: number; readonly objects: number }) => void
  /** Something happened that may move the end further away: it is the reason that will be told. */
  readonly explain: (reason: Exclude<RemainingNote, 'slower'>) => void
  /** `left`: null while the totals are unknown or nothing is being copied. Call it about once a second. */
  readonly tell: (nowSeconds: number, left: WorkLeft | null) => RemainingTold
}

export interface WorkLeft {
  readonly bytes: number
  readonly objects: number
}

export interface RemainingTold {
  readonly seconds: number | null
  readonly note: RemainingNote | null
}

/** Before this much has been measured nothing honest can be said. */
const MIN_MEASURED_SECONDS = 10
/** Beyond it a number says nothing. */
const MAX_TOLD_SECONDS = 365 * 24 * 3_600
/** A new estimate replaces the told one when it has been further off than this for so long. */
const TOLERANCE_SHARE = 0.1
const TOLERANCE_SECONDS = 5
const PATIENCE_SECONDS = 4
const NOTE_SECONDS = 30
/** An end that moves later than this has another reason. */
const REASON_SECONDS = 60
/** Objects of this size and more go by bytes: how many of them pass says nothing about small ones. */
const LARGE_OBJECT_BYTES = 8 * MIB

export function createRemainingTime(): RemainingTime {
  const rates = { bytes: createSmoothedRate(), objects: createSmoothedRate() }
  let measuredSeconds = 0
  /** When the copy ends, as it was told last; it stays while nothing can be told. */
  let toldEnd: number | null = null
  let isTold = false
  let offSince: number | null = null
  let reason: { readonly text: RemainingNote; until: number } | null = null
  let note: { readonly text: RemainingNote; readonly until: number } | null = null

  function adopt(now: number, seconds: number): void {
    const end = now + seconds
    const isFurther = toldEnd !== null && end > toldEnd
    note = isFurther ? { text: reason?.text ?? 'slower', until: now + NOTE_SECONDS } : null
    toldEnd = end
    reason = null
    offSince = null
    isTold = true
  }
  return {
    measure(seconds, moved) {
      measuredSeconds += seconds
      rates.bytes.add(seconds, moved.bytes)
      rates.objects.add(seconds, moved.objects)
    },
    // The first one that is not told yet: after a wait, that it copies again is no news.
    explain: (why) => void (reason ??= { text: why, until: Infinity }),
    tell(now, left) {
      const seconds = left === null || measuredSeconds < MIN_MEASURED_SECONDS ? null : estimate(left, rates)
      if (seconds === null) {
        isTold = false
        return { seconds: null, note: null }
      }
      if (reason?.until === Infinity) reason.until = now + REASON_SECONDS
      if (reason !== null && now >= reason.until) reason = null
      const toldSeconds = Math.max(0, (toldEnd ?? now) - now)
      const isOff = Math.abs(seconds - toldSeconds) > Math.max(toldSeconds * TOLERANCE_SHARE, TOLERANCE_SECONDS)
      if (!isOff) offSince = null
      else offSince ??= now
      if (!isTold || (offSince !== null && now - offSince >= PATIENCE_SECONDS)) adopt(now, seconds)
      if (note !== null && now >= note.until) note = null
      // Work is left: the end is not now.
      return { seconds: Math.max(1, Math.ceil((toldEnd ?? now) - now)), note: note?.text ?? null }
    },
  }
}

type Rates = Readonly<Record<'bytes' | 'objects', { readonly perSecond: () => number }>>

/** By bytes or by objects, whichever takes longer; null when it cannot be said. */
function estimate(left: WorkLeft, rates: Rates): number | null {
  const bytesPerSecond = rates.bytes.perSecond()
  const objectsPerSecond = rates.objects.perSecond()
  const isByBytes = bytesPerSecond >= objectsPerSecond * LARGE_OBJECT_BYTES
  const byBytes = left.bytes === 0 ? 0 : left.bytes / bytesPerSecond
  const byObjects = left.objects / (isByBytes ? Math.max(objectsPerSecond, OBJECTS_PER_SECOND) : objectsPerSecond)
  const seconds = Math.max(byBytes, left.objects === 0 ? 0 : byObjects)
  return seconds <= MAX_TOLD_SECONDS ? seconds : null
}
