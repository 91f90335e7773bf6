import type {
  MigrationView,
  ReportFacts,
  SourceInventory,
  Throughput,
  Verification,
  Waiting,
} from '#shared/contract/schemas.ts'
import type { FailureCode, MigrationFailure } from '#shared/domain/failure-codes.ts'
import type { MigrationState } from '#shared/domain/migration-state.ts'
import type { ExistingPolicy } from '#shared/domain/object-outcome.ts'
import type { RemainingNote } from '#shared/domain/progress-model.ts'
import type { SourceTarget } from '#shared/domain/s3-location-model.ts'

/** Columns of the view: `m` is the migration (a table or a CTE that returns its rows), `b` its bucket. */
export const migrationViewColumns = `
  m.id, m.revision, m.state,
  m.source_endpoint, m.source_region, m.source_access_key_id, m.source_bucket, m.source_target,
  m.bucket_id, m.destination_prefix, m.existing_policy, m.cap_bytes_per_second,
  m.copied_bytes, m.copied_objects, m.total_bytes, m.total_objects, m.bytes_per_second,
  m.verified_objects, m.remaining_seconds, m.remaining_note, m.throughput, m.waiting,
  m.inventory, m.verification, m.report,
  m.attempt, m.sealing_key_id, m.sealing_public_key,
  m.failure_code, m.failure_side, m.failure_message, m.failure_exit_code,
  m.created_at, m.started_at, m.finished_at,
  b.name AS destination_name, b.bucket AS destination_bucket, b.scope AS destination_scope`

/** One row of `SELECT ${migrationViewColumns} FROM migrations m JOIN buckets b ON b.id = m.bucket_id`. */
export interface MigrationRow {
  readonly id: string
  readonly revision: number
  readonly state: MigrationState
  readonly source_endpoint: string
  readonly source_region: string
  readonly source_access_key_id: string
  readonly source_bucket: string
  readonly source_target: SourceTarget
  readonly bucket_id: string
  readonly destination_prefix: string
  readonly existing_policy: ExistingPolicy
  readonly cap_bytes_per_second: number
  readonly copied_bytes: number
  readonly copied_objects: number
  readonly total_bytes: number | null
  readonly total_objects: number | null
  readonly bytes_per_second: number | null
  readonly verified_objects: number | null
  readonly remaining_seconds: number | null
  readonly remaining_note: RemainingNote | null
  readonly throughput: Throughput | null
  readonly waiting: Waiting | null
  readonly inventory: SourceInventory | null
  readonly verification: Verification | null
  readonly report: ReportFacts | null
  readonly attempt: number
  readonly sealing_key_id: string | null
  readonly sealing_public_key: string | null
  readonly failure_code: FailureCode | null
  readonly failure_side: MigrationFailure['side'] | null
  readonly failure_message: string | null
  readonly failure_exit_code: number | null
  readonly created_at: Date
  readonly started_at: Date | null
  readonly finished_at: Date | null
  readonly destination_name: string
  readonly destination_bucket: string
  readonly destination_scope: 'personal' | 'organisation' | 'project'
}

export function toMigrationView(row: MigrationRow): MigrationView {
  return {
    id: row.id,
    revision: row.revision,
    state: row.state,
    source: {
      endpoint: row.source_endpoint,
      region: row.source_region,
      accessKeyId: row.source_access_key_id,
      bucket: row.source_bucket,
      target: row.source_target,
    },
    destination: {
      id: row.bucket_id,
      name: row.destination_name,
      bucket: row.destination_bucket,
      scope: row.destination_scope,
      prefix: row.destination_prefix,
    },
    options: { existing: row.existing_policy },
    capBytesPerSecond: row.cap_bytes_per_second,
    progress: {
      copiedBytes: row.copied_bytes,
      copiedObjects: row.copied_objects,
      totalBytes: row.total_bytes,
      totalObjects: row.total_objects,
      bytesPerSecond: row.bytes_per_second,
      verifiedObjects: row.verified_objects,
      remainingSeconds: row.remaining_seconds,
      remainingNote: row.remaining_note,
    },
    throughput: row.throughput,
    waiting: row.waiting,
    inventory: row.inventory,
    verification: row.verification,
    report: row.report,
    sealingKey: toSealingKey(row),
    attempt: row.attempt,
    failure: toFailure(row),
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

// Shown only while it can be used, whatever the row still holds.
function toSealingKey(row: MigrationRow): MigrationView['sealingKey'] {
  if (row.state !== 'awaiting-credentials' || row.sealing_key_id === null || row.sealing_public_key === null)
    return null
  return { keyId: row.sealing_key_id, publicKey: row.sealing_public_key }
}

function toFailure(row: MigrationRow): MigrationFailure | null {
  if (row.failure_code === null) return null
  return {
    code: row.failure_code,
    side: row.failure_side ?? 'worker',
    message: row.failure_message ?? '',
    exitCode: row.failure_exit_code,
  }
}
