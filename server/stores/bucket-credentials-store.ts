import type { Queries } from '../db/pool.ts'

/** How a worker reaches a destination bucket; the secret is still encrypted, bound to `bucketId`. */
export interface BucketCredentials {
  readonly bucketId: string
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretCiphertext: Buffer
}

export interface BucketCredentialsStore {
  find(bucketId: string): Promise<BucketCredentials | null>
}

/** For the worker alone; the API never reads these columns. */
export function createBucketCredentialsStore(queries: Queries): BucketCredentialsStore {
  return {
    find: async (bucketId) => {
      const { rows } = await queries.query<BucketCredentials>(
        `SELECT id AS "bucketId", endpoint, region, bucket, access_key_id AS "accessKeyId",
                secret_ciphertext AS "secretCiphertext"
           FROM buckets WHERE id = $1`,
        [bucketId],
      )
      return rows[0] ?? null
    },
  }
}
