import type { Queries } from '../db/pool.ts'

/** From the end of the migration. Its counts stay; so do the first exceptions. */
export const REPORT_KEPT_DAYS = 90

// Some 35 MB: a statement's time limit is never near.
const CHUNKS_PER_STATEMENT = 1_000

/** Any number of workers may do this at once, and one that is cut off is made up for by the next. */
export async function dropOldReports(database: Queries): Promise<void> {
  await database.query(
    `UPDATE migrations SET report = NULL, revision = revision + 1
     WHERE report IS NOT NULL AND finished_at < now() - interval '${REPORT_KEPT_DAYS} days'`,
  )
  // As well those of a verification that was never brought to its end (cancelled, failed).
  let removed: number | null
  do {
    const { rowCount } = await database.query(
      `DELETE FROM migration_report_chunks c USING (
         SELECT migration_id, number FROM migration_report_chunks JOIN migrations ON id = migration_id
         WHERE finished_at IS NOT NULL AND report IS NULL LIMIT ${CHUNKS_PER_STATEMENT}
         FOR UPDATE OF migration_report_chunks SKIP LOCKED
       ) AS old WHERE c.migration_id = old.migration_id AND c.number = old.number`,
    )
    removed = rowCount
  } while (removed === CHUNKS_PER_STATEMENT)
}
