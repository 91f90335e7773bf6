import { LOG_TAIL_LINES } from '#shared/contract/endpoints.ts'
import type { HeldJob, JobReport, NewLogLine } from '../stores/held-job.ts'
import type { RecentActivity } from './recent-activity.ts'

export interface JobReporter {
  /** Writes what there is now, after what is being written. */
  readonly flush: () => Promise<void>
  readonly end: () => void
}

/** Writes progress and activity to the row about once a second, each only when it has changed. */
export function startReporter(ports: {
  readonly held: Pick<HeldJob, 'writeProgress' | 'appendLog'>
  readonly progress: () => JobReport
  readonly activity: Pick<RecentActivity, 'drain'>
  readonly intervalMs: number
  readonly onError: (error: unknown) => void
}): JobReporter {
  let written: string | null = null
  let unsent: readonly NewLogLine[] = []
  let running = Promise.resolve()

  async function report(): Promise<void> {
    unsent = [...unsent, ...ports.activity.drain()].slice(-LOG_TAIL_LINES)
    if (unsent.length > 0) await ports.held.appendLog(unsent)
    unsent = []
    const current = ports.progress()
    const text = JSON.stringify(current)
    if (text !== written && (await ports.held.writeProgress(current))) written = text
  }
  // One after the other: a slow database must not be met with a second write of the same lines.
  const flush = (): Promise<void> => (running = running.then(report).catch(ports.onError))
  const ticks = setInterval(() => void flush(), ports.intervalMs)
  return { flush, end: () => clearInterval(ticks) }
}
