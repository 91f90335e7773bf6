import type { CopyRun } from '../copy-run.ts'
import { pause } from '../pause.ts'
import type { CopyFailure } from '../rclone/rclone-failure-rules.ts'
import type { AttemptPolicy } from './attempts-rules.ts'

/** Shows for what a copy waits. */
export interface VisibleWait {
  /** Returns after the pause, or at once when the job is stopped. */
  readonly until: (afterMs: number, failure: CopyFailure) => Promise<void>
  readonly end: (isAnswered: boolean) => void
}

export function createVisibleWait(
  { activity, progress, stopSwitch }: Pick<CopyRun, 'activity' | 'progress' | 'stopSwitch'>,
  { longestPauseMs, patienceMs }: Pick<AttemptPolicy, 'longestPauseMs' | 'patienceMs'>,
): VisibleWait {
  let told: { readonly side: string; readonly text: string } | null = null
  return {
    async until(afterMs, { side, code, message }) {
      if (side === 'worker') throw new Error(`a wait needs an end: ${message}`)
      progress.setWaiting({ side, code, nextTryAt: new Date(Date.now() + afterMs).toISOString() })
      const reason = code === 'throttled' ? 'asks to slow down' : 'not reachable'
      const repeats =
        afterMs < longestPauseMs ? '' : `, then every ${inSeconds(longestPauseMs)} for up to ${inHours(patienceMs)}`
      const text = `${side} ${reason}, retrying; next try in ${inSeconds(afterMs)}${repeats}`
      if (told === null) activity.add('warning', message)
      // Once the pauses no longer grow, hours of the same line would push everything else out of the log.
      if (told?.text !== text) activity.add('warning', text)
      told = { side, text }
      await pause(afterMs, stopSwitch.signal)
    },
    end(isAnswered) {
      if (told === null) return
      progress.setWaiting(null)
      if (isAnswered) activity.add('info', `${told.side} answers again; the copy goes on`)
    },
  }
}

const inSeconds = (ms: number): string => `${String(ms / 1_000)} s`
const inHours = (ms: number): string => `${String(ms / 3_600_000)} hours`
