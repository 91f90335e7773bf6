import type { ObjectException } from '#shared/contract/schemas.ts'
import type { Queries } from '../db/pool.ts'
import type { ReportStore } from './ports.ts'

/** Reads what verifications have left. Whose migration it is has been asked before. */
export function createReportStore(queries: Queries): ReportStore {
  return {
    listExceptions: async (migrationId) => {
      const { rows } = await queries.query<{ listed: readonly ObjectException[] }>(
        'SELECT listed FROM migration_exceptions WHERE migration_id = $1',
        [migrationId],
      )
      return rows[0]?.listed ?? []
    },
    readChunk: async (migrationId, number) => {
      const { rows } = await queries.query<{ body: Buffer }>(
        'SELECT body FROM migration_report_chunks WHERE migration_id = $1 AND number = $2',
        [migrationId, number],
      )
      return rows[0]?.body ?? null
    },
  }
}
