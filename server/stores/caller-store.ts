import type { Queries } from '../db/pool.ts'
import type { Caller, CallerStore } from './ports.ts'

interface CallerRow {
  readonly key_id: string
  readonly account_id: string
  readonly email: string
  readonly organisation_id: string | null
  readonly organisation_name: string | null
  readonly role: 'owner' | 'admin' | 'member' | null
}

export function createCallerStore(queries: Queries): CallerStore {
  return {
    findByKeyHash: async (keyHash) => {
      const { rows } = await queries.query<CallerRow>(
        `SELECT k.id AS key_id, a.id AS account_id, a.email, o.id AS organisation_id, o.name AS organisation_name, om.role
           FROM api_keys k
           JOIN accounts a ON a.id = k.account_id
           LEFT JOIN organisation_members om ON om.account_id = a.id
           LEFT JOIN organisations o ON o.id = om.organisation_id
          WHERE k.key_hash = $1 AND k.revoked_at IS NULL`,
        [keyHash],
      )
      return rows[0] === undefined ? null : toCaller(rows[0])
    },
  }
}

function toCaller(row: CallerRow): Caller {
  const { organisation_id: id, organisation_name: name, role } = row
  const organisation = id === null || name === null || role === null ? null : { id, name, role }
  return { keyId: row.key_id, account: { id: row.account_id, email: row.email, organisation } }
}
