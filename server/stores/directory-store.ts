import { err, ok, type Result } from '#shared/domain/result.ts'
import { type Database, inTransaction, type Queries } from '../db/pool.ts'
import type {
  AccountRecord,
  ApiKeyRecord,
  BucketRecord,
  DirectoryConflict,
  DirectoryStore,
  NewBucket,
  OrganisationRecord,
  OrganisationRole,
} from '../directory/ports.ts'

const conflicts: Readonly<Record<string, DirectoryConflict>> = {
  accounts_email: 'account-exists',
  organisations_name_key: 'organisation-exists',
  organisation_members_pkey: 'already-member',
  organisation_members_one_owner: 'owner-exists',
}

// As JavaScript's toISOString() writes it.
const asIsoTime = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

export function createDirectoryStore(database: Database): DirectoryStore {
  return {
    addAccount: (id, email) =>
      orConflict(() => database.query('INSERT INTO accounts (id, email) VALUES ($1, $2)', [id, email])),
    findAccountId: (email) => findId(database, 'SELECT id FROM accounts WHERE lower(email) = lower($1)', email),
    listAccounts: () => rowsOf<AccountRecord>(database, listAccountsQuery),
    addApiKey: async (id, accountId, label, keyHash) => {
      await database.query('INSERT INTO api_keys (id, account_id, label, key_hash) VALUES ($1, $2, $3, $4)', [
        id,
        accountId,
        label,
        keyHash,
      ])
    },
    revokeApiKey: async (id) => {
      const { rowCount } = await database.query(
        'UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1',
        [id],
      )
      return rowCount === 1
    },
    listApiKeys: () => rowsOf<ApiKeyRecord>(database, listApiKeysQuery),
    addOrganisation: (id, name, ownerAccountId) =>
      orConflict(() =>
        inTransaction(database, async (queries) => {
          await queries.query('INSERT INTO organisations (id, name) VALUES ($1, $2)', [id, name])
          await insertMember(queries, id, ownerAccountId, 'owner')
        }),
      ),
    findOrganisationId: (name) => findId(database, 'SELECT id FROM organisations WHERE name = $1', name),
    addMember: (organisationId, accountId, role) =>
      orConflict(() => insertMember(database, organisationId, accountId, role)),
    listOrganisations: () => rowsOf<OrganisationRecord>(database, listOrganisationsQuery),
    addBucket: (bucket) => insertBucket(database, bucket),
    listBuckets: () => rowsOf<BucketRecord>(database, listBucketsQuery),
  }
}

const listAccountsQuery = `
  SELECT a.id, a.email, ${asIsoTime('a.created_at')} AS "createdAt", o.name AS "organisationName", om.role
    FROM accounts a
    LEFT JOIN organisation_members om ON om.account_id = a.id
    LEFT JOIN organisations o ON o.id = om.organisation_id
   ORDER BY a.email`

const listApiKeysQuery = `
  SELECT k.id, a.email, k.label, ${asIsoTime('k.created_at')} AS "createdAt", ${asIsoTime('k.revoked_at')} AS "revokedAt"
    FROM api_keys k JOIN accounts a ON a.id = k.account_id
   ORDER BY a.email, k.created_at`

const listOrganisationsQuery = `
  SELECT o.id, o.name,
         json_agg(json_build_object('email', a.email, 'role', om.role) ORDER BY array_position(ARRAY['owner', 'admin', 'member'], om.role), a.email) AS members
    FROM organisations o
    JOIN organisation_members om ON om.organisation_id = o.id
    JOIN accounts a ON a.id = om.account_id
   GROUP BY o.id ORDER BY o.name`

const listBucketsQuery = `
  SELECT b.id, b.name, b.scope, coalesce(a.email, o.name) AS owner, b.endpoint, b.region, b.bucket,
         b.access_key_id AS "accessKeyId"
    FROM buckets b
    LEFT JOIN accounts a ON a.id = b.account_id
    LEFT JOIN organisations o ON o.id = b.organisation_id
   ORDER BY owner, b.name, b.id`

async function insertMember(
  queries: Queries,
  organisationId: string,
  accountId: string,
  role: OrganisationRole,
): Promise<void> {
  await queries.query('INSERT INTO organisation_members (organisation_id, account_id, role) VALUES ($1, $2, $3)', [
    organisationId,
    accountId,
    role,
  ])
}

async function insertBucket(queries: Queries, bucket: NewBucket): Promise<void> {
  await queries.query(
    `INSERT INTO buckets (id, name, scope, account_id, organisation_id, endpoint, region, bucket, access_key_id, secret_ciphertext)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      bucket.id,
      bucket.name,
      bucket.scope,
      bucket.accountId,
      bucket.organisationId,
      bucket.endpoint,
      bucket.region,
      bucket.bucket,
      bucket.accessKeyId,
      bucket.secretCiphertext,
    ],
  )
}

async function findId(queries: Queries, text: string, value: string): Promise<string | null> {
  const { rows } = await queries.query<{ id: string }>(text, [value])
  return rows[0]?.id ?? null
}

async function rowsOf<Row extends object>(queries: Queries, text: string): Promise<readonly Row[]> {
  const { rows } = await queries.query<Row>(text)
  return rows
}

async function orConflict(work: () => Promise<unknown>): Promise<Result<null, DirectoryConflict>> {
  try {
    await work()
    return ok(null)
  } catch (error) {
    const { code, constraint } = error as { code?: unknown; constraint?: unknown }
    const conflict = code === '23505' && typeof constraint === 'string' ? conflicts[constraint] : undefined
    if (conflict === undefined) throw error
    return err(conflict)
  }
}
