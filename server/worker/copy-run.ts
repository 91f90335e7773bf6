import type { SourceInventory } from '#shared/contract/schemas.ts'
import type { ReportWriter } from '../report/report-writer.ts'
import type { ClaimedJob } from '../stores/job-store.ts'
import type { S3Side } from './inventory/s3-connection.ts'
import type { JobPorts } from './job-ports.ts'
import type { ObjectFailures } from './object-failures.ts'
import type { ShownProgress } from './progress/shown-progress.ts'
import type { Redact } from './rclone/log-redactor.ts'
import type { RecentActivity } from './recent-activity.ts'
import type { StopSwitch } from './stop-switch.ts'

export interface CopySides {
  readonly source: S3Side
  readonly destination: S3Side
}

/** One job from the moment its secret is known. */
export interface CopyRun extends Pick<JobPorts, 'startCopy' | 'sourceGuard' | 'logger'> {
  readonly job: ClaimedJob
  readonly sides: CopySides
  readonly stopSwitch: StopSwitch
  readonly activity: RecentActivity
  readonly progress: ShownProgress
  /** Why single objects could not be copied; filled by rclone's log and by the worker's own copies. */
  readonly failures: ObjectFailures
  /** Takes both secrets out of a text. */
  readonly redact: Redact
  /** What the inventory has found, once it has ended; never rejects. */
  readonly saveInventory: (inventory: SourceInventory) => Promise<void>
  /** Begins the report of a walk, or begins it anew; it takes the place of what is stored when it is finished. */
  readonly beginReport: (walk: number) => ReportWriter
  /** Moves the row on; false when the job is to stop. */
  readonly beginVerifying: () => Promise<boolean>
  /** Moves the row back to copying; false when the job is to stop. */
  readonly beginCopyingAgain: () => Promise<boolean>
}
