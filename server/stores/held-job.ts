import { LOG_TAIL_LINES } from '#shared/contract/endpoints.ts'
import type { LogLine, SealingKey, SourceInventory, Throughput, Waiting } from '#shared/contract/schemas.ts'
import type { MigrationFailure } from '#shared/domain/failure-codes.ts'
import { type MigrationState, statesAllowing } from '#shared/domain/migration-state.ts'
import type { MigrationProgress } from '#shared/domain/progress-model.ts'
import type { Queries } from '../db/pool.ts'
import { addReportChunk, clearReport, type ReportChunk } from './held-report.ts'
import { createRowChanges, ENDED, type Hold, LET_GO, NOTHING_UNDER_WAY, notify } from './row-changes.ts'
import { countExceptions, LIST_EXCEPTIONS, SETTLED, type Settlement, settledValues } from './settlement.ts'

export type { ReportChunk } from './held-report.ts'
export type { Settlement } from './settlement.ts'

export type NewLogLine = Omit<LogLine, 'sequence'>

/** What is written about a running job about once a second. */
export interface JobReport {
  readonly progress: MigrationProgress
  readonly throughput: Throughput | null
  readonly waiting: Waiting | null
}

/**
 * The row while one worker holds it. Every write is bound to the worker and its attempt: under a lost lease
 * it changes nothing and answers false. A move also answers false when the state does not allow it (then
 * somebody asked to cancel: `renew` tells). Rejects when the database does not answer.
 */
export interface HeldJob {
  /** The state, or null when the lease is lost. */
  readonly renew: (leaseTtlMs: number) => Promise<MigrationState | null>
  readonly publishKey: (key: SealingKey) => Promise<boolean>
  readonly receivedCredentials: () => Promise<boolean>
  readonly copied: () => Promise<boolean>
  readonly copyAgain: () => Promise<boolean>
  readonly writeProgress: (report: JobReport) => Promise<boolean>
  readonly writeInventory: (inventory: SourceInventory) => Promise<boolean>
  /** Before a verification: what an earlier one has stored is dropped. */
  readonly clearReport: () => Promise<boolean>
  readonly addReportChunk: (chunk: ReportChunk) => Promise<boolean>
  /** Lines beyond the last `LOG_TAIL_LINES` are dropped. */
  readonly appendLog: (lines: readonly NewLogLine[]) => Promise<boolean>
  /** `completed`, or `completed-with-exceptions` when the settlement has any. Totals and copied follow from it. */
  readonly complete: (settlement: Settlement) => Promise<boolean>
  /** With a settlement when a verification found nothing that made it. */
  readonly fail: (failure: MigrationFailure, settlement: Settlement | null) => Promise<boolean>
  readonly stopped: () => Promise<boolean>
  /** Gives the job back, live: it waits for the next worker as after a lost one (`reclaimed`). */
  readonly release: () => Promise<boolean>
}

export function holdJob(
  database: Queries,
  { migrationId, workerId, attempt }: { migrationId: string; workerId: string; attempt: number },
): HeldJob {
  const hold = { isMine: 'id = $1 AND worker_id = $2 AND attempt = $3', values: [migrationId, workerId, attempt] }
  const { change, move } = createRowChanges(database, hold)
  return {
    async renew(leaseTtlMs) {
      const { rows } = await database.query<{ state: MigrationState }>(
        `UPDATE migrations SET lease_expires_at = now() + $4 * interval '1 millisecond' WHERE ${hold.isMine}
         RETURNING state`,
        [...hold.values, leaseTtlMs],
      )
      return rows[0]?.state ?? null
    },
    publishKey: (key) =>
      change(
        'sealing_key_id = $4, sealing_public_key = $5',
        [key.keyId, key.publicKey],
        statesAllowing('credentials-received'),
      ),
    receivedCredentials: () =>
      move(
        'credentials-received',
        'started_at = coalesce(started_at, now()), sealing_key_id = NULL, sealing_public_key = NULL',
      ),
    copied: () => move('copied', NOTHING_UNDER_WAY),
    copyAgain: () => move('copy-again', NOTHING_UNDER_WAY),
    writeProgress: ({ progress, throughput, waiting }) =>
      change(
        `copied_bytes = $4, copied_objects = $5, total_bytes = $6, total_objects = $7, bytes_per_second = $8,
         verified_objects = $9, remaining_seconds = $10, remaining_note = $11, throughput = $12, waiting = $13`,
        [
          progress.copiedBytes,
          progress.copiedObjects,
          progress.totalBytes,
          progress.totalObjects,
          progress.bytesPerSecond,
          progress.verifiedObjects,
          progress.remainingSeconds,
          progress.remainingNote,
          toJson(throughput),
          toJson(waiting),
        ],
        statesUnderWay,
      ),
    writeInventory: (inventory) => change('inventory = $4', [toJson(inventory)], statesUnderWay),
    clearReport: () => clearReport(database, hold),
    addReportChunk: (chunk) => addReportChunk(database, hold, chunk),
    appendLog: (lines) => appendLog(database, hold, lines),
    complete: (settlement) =>
      move(
        countExceptions(settlement.verification) > 0 ? 'verified-with-exceptions' : 'verified',
        `${SETTLED}, ${ENDED}`,
        settledValues(settlement),
        { alongside: LIST_EXCEPTIONS },
      ),
    fail({ code, side, message, exitCode }, settlement) {
      const failure = [code, side, message, exitCode]
      if (settlement === null) return move('failed', `${failedWith(4)}, ${ENDED}`, failure)
      const settled = settledValues(settlement)
      const assignments = `${SETTLED}, ${failedWith(4 + settled.length)}, ${ENDED}`
      return move('failed', assignments, [...settled, ...failure], { alongside: LIST_EXCEPTIONS })
    },
    stopped: () => move('stopped', ENDED),
    // The second notice wakes the other workers.
    release: () =>
      move('reclaimed', `${NOTHING_UNDER_WAY}, ${LET_GO}`, [], { extraNotice: `, ${notify('migrationQueued')}` }),
  }
}

const statesUnderWay = [...statesAllowing('copied'), ...statesAllowing('verified'), ...statesAllowing('stopped')]
const toJson = (value: object | null): string | null => (value === null ? null : JSON.stringify(value))

const failedWith = (from: number): string =>
  ['failure_code', 'failure_side', 'failure_message', 'failure_exit_code']
    .map((column, index) => `${column} = $${from + index}`)
    .join(', ')

async function appendLog(database: Queries, hold: Hold, lines: readonly NewLogLine[]): Promise<boolean> {
  const kept = lines.slice(-LOG_TAIL_LINES)
  // One statement: both parts see the lines as they were before it.
  const { rowCount } = await database.query(
    `WITH held AS (SELECT id FROM migrations WHERE ${hold.isMine} FOR UPDATE),
     last AS (SELECT coalesce(max(sequence), 0) AS sequence FROM migration_log_lines WHERE migration_id = $1),
     trimmed AS (
       DELETE FROM migration_log_lines USING held, last
       WHERE migration_id = held.id AND migration_log_lines.sequence <= last.sequence + $7 - ${LOG_TAIL_LINES}
     )
     INSERT INTO migration_log_lines (migration_id, sequence, at, level, text)
     SELECT held.id, last.sequence + line.position, line.at, line.level, line.text FROM held, last,
       unnest($4::timestamptz[], $5::text[], $6::text[]) WITH ORDINALITY AS line (at, level, text, position)`,
    [
      ...hold.values,
      kept.map(({ at }) => at),
      kept.map(({ level }) => level),
      kept.map(({ text }) => text),
      kept.length,
    ],
  )
  return rowCount === kept.length
}
