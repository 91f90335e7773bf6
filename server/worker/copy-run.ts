import type { ClaimedJob } from '../stores/job-store.ts'
import type { S3Side } from './inventory/s3-connection.ts'
import type { JobPorts } from './job-ports.ts'
import type { RecentActivity } from './recent-activity.ts'
import type { ShownProgress } from './shown-progress.ts'
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
  /** Moves the row on; false when the job is to stop. */
  readonly beginVerifying: () => Promise<boolean>
  /** Moves the row back to copying; false when the job is to stop. */
  readonly beginCopyingAgain: () => Promise<boolean>
}
