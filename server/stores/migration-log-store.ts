import type { LogLine } from '#shared/contract/schemas.ts'
import type { LogStore } from './ports.ts'
import type { Queries } from '../db/pool.ts'

interface LogRow {
  readonly sequence: number
  readonly at: Date
  readonly level: LogLine['level']
  readonly text: string
}

export function createMigrationLogStore(queries: Queries): LogStore {
  return {
    readTail: async (migrationId, after, limit) => {
      const { rows } = await queries.query<LogRow>(
        `SELECT sequence, at, level, text FROM migration_log_lines
          WHERE migration_id = $1 AND sequence > $2::bigint ORDER BY sequence DESC LIMIT $3`,
        [migrationId, after, limit],
      )
      return rows.reverse().map((row) => ({ ...row, at: row.at.toISOString() }))
    },
  }
}
