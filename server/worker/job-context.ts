import type { HeldJob } from '../stores/held-job.ts'
import type { ClaimedJob } from '../stores/job-store.ts'
import { keepLease } from './job-lease.ts'
import type { JobPorts } from './job-ports.ts'
import { startReporter } from './job-reporter.ts'
import { writePatiently } from './patient-writes.ts'
import { createLogRedactor, type Redact } from './rclone/log-redactor.ts'
import { createRecentActivity, type RecentActivity } from './recent-activity.ts'
import { createShownProgress, type ShownProgress } from './progress/shown-progress.ts'
import type { StopSwitch } from './stop-switch.ts'

/** What goes on around a job's work while it runs: lease, reports, and writes that outlast a short outage. */
export interface JobContext {
  readonly activity: RecentActivity
  readonly progress: ShownProgress
  readonly redact: Redact
  /** From now on these are taken out of everything the job tells. */
  readonly setRedactor: (redact: Redact) => void
  /** A write under the lease; false when the row refused it. */
  readonly write: (change: () => Promise<boolean>) => Promise<boolean>
  /** A write the work depends on: when it is refused the job is to stop, and the stop switch says why. */
  readonly move: (change: () => Promise<boolean>) => Promise<boolean>
  /** Stores what has been told up to now. */
  readonly flush: () => Promise<void>
  readonly close: () => void
}

export function openJobContext(
  run: Pick<JobPorts, 'signals' | 'logger' | 'timing'> & {
    readonly job: ClaimedJob
    readonly held: HeldJob
    readonly stopSwitch: StopSwitch
  },
): JobContext {
  const { job, held, stopSwitch, timing } = run
  const onError = (error: unknown): void =>
    run.logger.warn({ err: error, migrationId: job.migrationId }, 'a write of the job failed')
  let redact = createLogRedactor([])
  const activity = createRecentActivity({ redact: (text) => redact(text), now: () => new Date() })
  const progress = createShownProgress(job.progress)
  const lease = keepLease({ held, leaseTtlMs: timing.leaseTtlMs, stopSwitch, onError })
  const forgetCancel = run.signals.onCancelRequested(job.migrationId, () => stopSwitch.stop('cancelled'))
  const reporter = startReporter({
    held,
    activity,
    progress: progress.current,
    intervalMs: timing.reportIntervalMs,
    onError,
  })
  const write: JobContext['write'] = (change) =>
    writePatiently(change, { stopSwitch, patienceMs: timing.leaseTtlMs, onError })
  return {
    activity,
    progress,
    redact: (text) => redact(text),
    setRedactor: (next) => void (redact = next),
    write,
    async move(change) {
      if (await write(change)) return stopSwitch.reason() === null
      await lease.check()
      // Neither cancelled nor taken, and yet refused: the row is not what this job thinks it is.
      stopSwitch.stop('lease-lost')
      return false
    },
    flush: reporter.flush,
    close() {
      reporter.end()
      lease.end()
      forgetCancel()
    },
  }
}
