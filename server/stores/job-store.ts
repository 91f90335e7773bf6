import type { SealingKey } from '#shared/contract/schemas.ts'
import { statesAllowing } from '#shared/domain/migration-state.ts'
import type { ExistingPolicy } from '#shared/domain/object-outcome.ts'
import { emptyProgress, type MigrationProgress } from '#shared/domain/progress-model.ts'
import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import type { Queries } from '../db/pool.ts'
import { type HeldJob, holdJob } from './held-job.ts'
import type { MigrationRow } from './migration-row.ts'
import { dropOldReports } from './report-retention.ts'
import { ENDED, NOTHING_UNDER_WAY, notify, targetOf } from './row-changes.ts'

/** A migration that this worker has just taken. */
export interface ClaimedJob {
  readonly migrationId: string
  /** 1 at the first claim; above that an earlier worker lost or gave back the job. */
  readonly attempt: number
  readonly source: {
    readonly endpoint: string
    readonly region: string
    readonly accessKeyId: string
    readonly bucket: string
    readonly target: SourceTarget
  }
  readonly destination: { readonly bucketId: string; readonly prefix: string }
  readonly capBytesPerSecond: number
  readonly existing: ExistingPolicy
  /** When an earlier worker began to copy; null for the first one. */
  readonly startedAt: Date | null
  /** What earlier workers have reached. */
  readonly progress: MigrationProgress
}

export interface JobStore {
  /** The oldest job that is queued or whose worker was lost, leased to this worker with its key published. */
  readonly claim: (claim: {
    readonly workerId: string
    readonly leaseTtlMs: number
    readonly key: SealingKey
  }) => Promise<ClaimedJob | null>
  /** Ends jobs whose cancelling worker is gone. */
  readonly settleAbandonedCancels: () => Promise<void>
  /** Removes reports `REPORT_KEPT_DAYS` after the migration's end, and those that a migration ended without. */
  readonly dropOldReports: () => Promise<void>
  readonly hold: (job: { readonly migrationId: string; readonly attempt: number; readonly workerId: string }) => HeldJob
}

const IS_LEASE_OVER = '(lease_expires_at IS NULL OR lease_expires_at <= now())'

export function createJobStore(database: Queries): JobStore {
  return {
    claim: (claim) => claimJob(database, claim),
    async settleAbandonedCancels() {
      await database.query(
        `UPDATE migrations SET state = $1, revision = revision + 1, ${ENDED}
         WHERE state = ANY($2) AND ${IS_LEASE_OVER} RETURNING ${notify('migrationChanged')}`,
        [targetOf('stopped'), statesAllowing('stopped')],
      )
    },
    dropOldReports: () => dropOldReports(database),
    hold: (job) => holdJob(database, job),
  }
}

type ClaimedRow = Pick<
  MigrationRow,
  | 'id'
  | 'attempt'
  | `source_${'endpoint' | 'region' | 'access_key_id' | 'bucket' | 'target'}`
  | 'bucket_id'
  | 'destination_prefix'
  | 'cap_bytes_per_second'
  | 'existing_policy'
  | 'started_at'
  | 'copied_bytes'
  | 'copied_objects'
  | 'total_bytes'
  | 'total_objects'
>

async function claimJob(
  database: Queries,
  claim: { workerId: string; leaseTtlMs: number; key: SealingKey },
): Promise<ClaimedJob | null> {
  // SKIP LOCKED: workers that look at the same time take different rows, and none waits for another.
  const { rows } = await database.query<ClaimedRow>(
    `UPDATE migrations SET state = CASE WHEN state = ANY($1) THEN $3 ELSE $4 END, revision = revision + 1,
       worker_id = $5, lease_expires_at = now() + $6 * interval '1 millisecond', attempt = attempt + 1,
       sealing_key_id = $7, sealing_public_key = $8, ${NOTHING_UNDER_WAY}
     WHERE id = (
       SELECT id FROM migrations WHERE state = ANY($1) OR (state = ANY($2) AND ${IS_LEASE_OVER})
       ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED
     ) RETURNING *, ${notify('migrationChanged')}`,
    [
      statesAllowing('claimed'),
      statesAllowing('reclaimed'),
      targetOf('claimed'),
      targetOf('reclaimed'),
      claim.workerId,
      claim.leaseTtlMs,
      claim.key.keyId,
      claim.key.publicKey,
    ],
  )
  const [row] = rows
  return row === undefined ? null : toClaimedJob(row)
}

function toClaimedJob(row: ClaimedRow): ClaimedJob {
  return {
    migrationId: row.id,
    attempt: row.attempt,
    source: {
      endpoint: row.source_endpoint,
      region: row.source_region,
      accessKeyId: row.source_access_key_id,
      bucket: row.source_bucket,
      target: row.source_target,
    },
    destination: { bucketId: row.bucket_id, prefix: row.destination_prefix },
    capBytesPerSecond: row.cap_bytes_per_second,
    existing: row.existing_policy,
    startedAt: row.started_at,
    progress: {
      ...emptyProgress,
      copiedBytes: row.copied_bytes,
      copiedObjects: row.copied_objects,
      totalBytes: row.total_bytes,
      totalObjects: row.total_objects,
    },
  }
}
