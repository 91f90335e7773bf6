import type { Destination, DestinationStore } from './ports.ts'
import type { Queries } from '../db/pool.ts'

interface DestinationRow {
  readonly id: string
  readonly name: string
  readonly bucket: string
  readonly scope: Destination['scope']
  readonly organisation_name: string | null
}

// S3: visible are the account's own buckets and all of its organisation; nobody else's.
const visibleDestinations = `
  SELECT b.id, b.name, b.bucket, b.scope, o.name AS organisation_name
    FROM buckets b
    LEFT JOIN organisations o ON o.id = b.organisation_id
   WHERE (b.account_id = $1
      OR b.organisation_id = (SELECT om.organisation_id FROM organisation_members om WHERE om.account_id = $1))`

/** Buckets as a dispatch sees them: without any credentials. */
export function createDestinationStore(queries: Queries): DestinationStore {
  return {
    listVisible: async (accountId) => {
      const { rows } = await queries.query<DestinationRow>(
        `${visibleDestinations}
          ORDER BY array_position(ARRAY['personal', 'organisation', 'project'], b.scope), b.name, b.id`,
        [accountId],
      )
      return rows.map(toDestination)
    },
    findVisible: async (accountId, id) => {
      const { rows } = await queries.query<DestinationRow>(`${visibleDestinations} AND b.id = $2`, [accountId, id])
      return rows[0] === undefined ? null : toDestination(rows[0])
    },
  }
}

function toDestination(row: DestinationRow): Destination {
  return { id: row.id, name: row.name, bucket: row.bucket, scope: row.scope, organisationName: row.organisation_name }
}
