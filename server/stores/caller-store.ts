import type { Queries } from '../db/pool.ts'
import type { Caller, CallerStore } from './ports.ts'

interface CallerRow {
  readonly key_hash: Buffer
  readonly key_id: string
  readonly account_id: string
  readonly email: string
  readonly organisation_id: string | null
  readonly organisation_name: string | null
  readonly role: 'owner' | 'admin' | 'member' | null
}

export function createCallerStore(queries: Queries): CallerStore {
  return {
    findByKeyHashes: async (keyHashes) => {
      const { rows } = await queries.query<CallerRow>(
        `SELECT k.key_hash, k.id AS key_id, a.id AS account_id, a.email, o.id AS organisation_id, o.name AS organisation_name, om.role
           FROM api_keys k
           JOIN accounts a ON a.id = k.account_id
           LEFT JOIN organisation_members om ON om.account_id = a.id
           LEFT JOIN organisations o ON o.id = om.organisation_id
          WHERE k.key_hash = ANY($1::bytea[]) AND k.revoked_at IS NULL`,
        [keyHashes],
      )
      return new Map(rows.map((row) => [row.key_hash.toString('hex'), toCaller(row)]))
    },
    findStandingKeys: async (keyIds) => {
      const { rows } = await queries.query<{ id: string }>(
        'SELECT id FROM api_keys WHERE id = ANY($1::uuid[]) AND revoked_at IS NULL',
        [keyIds],
      )
      return new Set(rows.map(({ id }) => id))
    },
  }
}

function toCaller(row: CallerRow): Caller {
  const { organisation_id: id, organisation_name: name, role } = row
  const organisation = id === null || name === null || role === null ? null : { id, name, role }
  return { keyId: row.key_id, account: { id: row.account_id, email: row.email, organisation } }
}
