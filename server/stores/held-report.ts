import type { Queries } from '../db/pool.ts'
import type { Hold } from './row-changes.ts'

/** A part of the report, as `server/report` packs it. */
export interface ReportChunk {
  /** From 0, without gaps. */
  readonly number: number
  readonly body: Uint8Array
}

// The lock keeps the lease from going over to another worker between the look and the write.
const held = ({ isMine }: Hold): string => `held AS (SELECT id FROM migrations WHERE ${isMine} FOR SHARE)`

export async function clearReport(database: Queries, hold: Hold): Promise<boolean> {
  const { rowCount } = await database.query(
    `WITH ${held(hold)},
     gone AS (DELETE FROM migration_report_chunks USING held WHERE migration_id = held.id)
     SELECT FROM held`,
    hold.values,
  )
  return rowCount === 1
}

/** The same chunk again, after an answer that was lost, takes the place of the first. */
export async function addReportChunk(database: Queries, hold: Hold, { number, body }: ReportChunk): Promise<boolean> {
  const { rowCount } = await database.query(
    `WITH ${held(hold)}
     INSERT INTO migration_report_chunks (migration_id, number, body) SELECT id, $4, $5 FROM held
     ON CONFLICT (migration_id, number) DO UPDATE SET body = EXCLUDED.body`,
    [...hold.values, number, body],
  )
  return rowCount === 1
}
