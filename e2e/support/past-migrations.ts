import pg from 'pg'
import type { LocalStack } from '../../scripts/local-stack/local-stack.ts'
import type { TestAccount } from './test-account.ts'

/** As many ended migrations, an hour apart, the newest first: `past-1`, `past-2` … Straight into the database. */
export async function addPastMigrations({ databaseUrl }: LocalStack, { email }: TestAccount, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl.reveal() })
  await client.connect()
  try {
    await client.query(
      `INSERT INTO migrations (id, account_id, state, source_endpoint, source_region, source_access_key_id, source_bucket,
         source_target, bucket_id, destination_prefix, cap_bytes_per_second, created_at, started_at, finished_at)
       SELECT gen_random_uuid(), a.id, 'cancelled', 'https://s3.example.com', 'us-east-1', 'AKIAEXAMPLE', 'past-' || n,
         '{"kind": "bucket"}', b.id, '', 1048576, now() - n * interval '1 hour', now() - n * interval '1 hour',
         now() - n * interval '1 hour' + interval '400 milliseconds'
       FROM accounts a JOIN buckets b ON b.account_id = a.id, generate_series(1, $2::int) n WHERE a.email = $1`,
      [email, count],
    )
  } finally {
    await client.end()
  }
}
