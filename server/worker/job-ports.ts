import type { MigrationFailure } from '#shared/domain/failure-codes.ts'
import type { Result } from '#shared/domain/result.ts'
import type { EndpointGuard } from '../endpoint-guard/endpoint-guard.ts'
import type { Logger } from '../logger.ts'
import type { Settlement } from '../stores/held-job.ts'
import type { S3Side } from './inventory/s3-connection.ts'
import type { CopyJob, CopyJobOptions } from './rclone/rclone-copy-job.ts'
import type { WorkerSignals } from './worker-signals.ts'

/** What every job of this worker needs from outside; wired in `index.ts`. */
export interface JobPorts {
  readonly signals: WorkerSignals
  /** The bucket to write to with its secret, opened for this job. */
  readonly findDestination: (bucketId: string) => Promise<Result<S3Side, MigrationFailure>>
  /** Where a customer's endpoint may lead: asked once, and by every connection. */
  readonly sourceGuard: EndpointGuard
  readonly startCopy: (options: Omit<CopyJobOptions, 'rclonePath' | 'sourceGuard'>) => CopyJob
  readonly logger: Logger
  readonly timing: JobTiming
}

export interface JobTiming {
  readonly leaseTtlMs: number
  /** How long the first worker waits for the source secret: somebody has just dispatched the migration. */
  readonly firstSecretWaitMs: number
  /** How long a later one waits: nobody may be there when a worker is lost. */
  readonly laterSecretWaitMs: number
  /** Between two writes of progress and activity. */
  readonly reportIntervalMs: number
}

/** How a job's work ended; who stopped it is in its stop switch. */
export type JobOutcome =
  /** Every source object is accounted for, and at least one is across. */
  | { readonly kind: 'settled'; readonly settlement: Settlement }
  /** With a settlement when a verification found nothing that made it. */
  | { readonly kind: 'failed'; readonly failure: MigrationFailure; readonly settlement: Settlement | null }
  | { readonly kind: 'stopped' }

export type FailedJob = Extract<JobOutcome, { readonly kind: 'failed' }>
export type StoppedJob = Extract<JobOutcome, { readonly kind: 'stopped' }>

export const failed = (failure: MigrationFailure, settlement: Settlement | null = null): FailedJob => ({
  kind: 'failed',
  failure,
  settlement,
})
export const stopped: StoppedJob = { kind: 'stopped' }
