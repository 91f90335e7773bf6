import { LOG_TAIL_LINES } from '#shared/contract/endpoints.ts'
import type { LogLine, SealingKey } from '#shared/contract/schemas.ts'
import type { MigrationFailure } from '#shared/domain/failure-codes.ts'
import {
  type MigrationEvent,
  type MigrationState,
  migrationStates,
  nextMigrationState,
  statesAllowing,
} from '#shared/domain/migration-state.ts'
import type { MigrationProgress } from '#shared/domain/progress-model.ts'
import { notificationChannels } from '../db/notifications.ts'
import type { Queries } from '../db/pool.ts'

export type NewLogLine = Omit<LogLine, 'sequence'>

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
  readonly writeProgress: (progress: MigrationProgress) => Promise<boolean>
  /** Lines beyond the last `LOG_TAIL_LINES` are dropped. */
  readonly appendLog: (lines: readonly NewLogLine[]) => Promise<boolean>
  readonly complete: (totals: { readonly bytes: number; readonly objects: number }) => Promise<boolean>
  readonly fail: (failure: MigrationFailure) => Promise<boolean>
  readonly stopped: () => Promise<boolean>
  /** Gives the job back, live: it waits for the next worker as after a lost one (`reclaimed`). */
  readonly release: () => Promise<boolean>
}

const LET_GO = 'worker_id = NULL, lease_expires_at = NULL, sealing_key_id = NULL, sealing_public_key = NULL'
/** Assignments with which every migration ends. */
export const ENDED = `finished_at = now(), bytes_per_second = NULL, ${LET_GO}`
// In RETURNING the notification belongs to the change: both happen at commit, or neither.
export const notify = (channel: keyof typeof notificationChannels): string =>
  `pg_notify('${notificationChannels[channel]}', json_build_object('migrationId', id)::text)`

/** The one state an event leads to, from wherever it is allowed. */
export function targetOf(event: MigrationEvent): MigrationState {
  const targets = new Set(
    migrationStates.map((state) => nextMigrationState(state, event)).filter((state) => state !== null),
  )
  const [target] = targets
  if (target === undefined || targets.size > 1) throw new Error(`${event} leads to ${targets.size} states`)
  return target
}

export function holdJob(
  database: Queries,
  { migrationId, workerId, attempt }: { migrationId: string; workerId: string; attempt: number },
): HeldJob {
  const hold = [migrationId, workerId, attempt]
  const isMine = 'id = $1 AND worker_id = $2 AND attempt = $3'

  /** `assignments` number their values from $4. */
  async function change(
    assignments: string,
    values: readonly unknown[],
    states: readonly MigrationState[],
    extraNotice = '',
  ): Promise<boolean> {
    const { rowCount } = await database.query(
      `UPDATE migrations SET revision = revision + 1, ${assignments}
       WHERE ${isMine} AND state = ANY($${values.length + 4}) RETURNING ${notify('migrationChanged')}${extraNotice}`,
      [...hold, ...values, states],
    )
    return rowCount === 1
  }
  const move = (
    event: MigrationEvent,
    assignments: string,
    values: readonly unknown[] = [],
    extraNotice = '',
  ): Promise<boolean> =>
    change(
      `state = $${values.length + 4}, ${assignments}`,
      [...values, targetOf(event)],
      [...statesAllowing(event), targetOf(event)],
      extraNotice,
    )

  return {
    async renew(leaseTtlMs) {
      const { rows } = await database.query<{ state: MigrationState }>(
        `UPDATE migrations SET lease_expires_at = now() + $4 * interval '1 millisecond' WHERE ${isMine} RETURNING state`,
        [...hold, leaseTtlMs],
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
    copied: () => move('copied', 'bytes_per_second = NULL'),
    copyAgain: () => move('copy-again', 'bytes_per_second = NULL'),
    writeProgress: (progress) =>
      change(
        'copied_bytes = $4, copied_objects = $5, total_bytes = $6, total_objects = $7, bytes_per_second = $8',
        [
          progress.copiedBytes,
          progress.copiedObjects,
          progress.totalBytes,
          progress.totalObjects,
          progress.bytesPerSecond,
        ],
        [...statesAllowing('copied'), ...statesAllowing('verified'), ...statesAllowing('stopped')],
      ),
    appendLog: (lines) => appendLog(database, hold, isMine, lines),
    complete: ({ bytes, objects }) =>
      move('verified', `copied_bytes = $4, total_bytes = $4, copied_objects = $5, total_objects = $5, ${ENDED}`, [
        bytes,
        objects,
      ]),
    fail: ({ code, side, message, exitCode }) =>
      move('failed', `failure_code = $4, failure_side = $5, failure_message = $6, failure_exit_code = $7, ${ENDED}`, [
        code,
        side,
        message,
        exitCode,
      ]),
    stopped: () => move('stopped', ENDED),
    // The second notice wakes the other workers.
    release: () => move('reclaimed', `bytes_per_second = NULL, ${LET_GO}`, [], `, ${notify('migrationQueued')}`),
  }
}

async function appendLog(
  database: Queries,
  hold: readonly unknown[],
  isMine: string,
  lines: readonly NewLogLine[],
): Promise<boolean> {
  const kept = lines.slice(-LOG_TAIL_LINES)
  // One statement: both parts see the lines as they were before it.
  const { rowCount } = await database.query(
    `WITH held AS (SELECT id FROM migrations WHERE ${isMine} FOR UPDATE),
     last AS (SELECT coalesce(max(sequence), 0) AS sequence FROM migration_log_lines WHERE migration_id = $1),
     trimmed AS (
       DELETE FROM migration_log_lines USING held, last
       WHERE migration_id = held.id AND migration_log_lines.sequence <= last.sequence + $7 - ${LOG_TAIL_LINES}
     )
     INSERT INTO migration_log_lines (migration_id, sequence, at, level, text)
     SELECT held.id, last.sequence + line.position, line.at, line.level, line.text
     FROM held, last, unnest($4::timestamptz[], $5::text[], $6::text[]) WITH ORDINALITY AS line (at, level, text, position)`,
    [...hold, kept.map(({ at }) => at), kept.map(({ level }) => level), kept.map(({ text }) => text), kept.length],
  )
  return rowCount === kept.length
}
