import { createDatabase } from '../../server/db/pool.ts'
import type { LocalStack } from '../../scripts/local-stack/local-stack.ts'

interface LatestMigration {
  readonly id: string
  readonly finishedAt: string | null
}

/** The account's newest migration as the API tells it, past the app. */
export async function latestMigration(apiOrigin: string, apiKey: string): Promise<LatestMigration | null> {
  const answer = await fetch(`${apiOrigin}/v1/migrations`, { headers: { authorization: `Bearer ${apiKey}` } })
  const { migrations } = (await answer.json()) as { migrations: LatestMigration[] }
  return migrations[0] ?? null
}

/** As if this migration had run a day ago: the only thing here that did not happen. */
export async function moveBackOneDay({ databaseUrl }: LocalStack, migrationId: string): Promise<void> {
  const database = createDatabase({ databaseUrl, applicationName: 'e2e', onIdleError: () => undefined })
  const back = ['created_at', 'started_at', 'finished_at'].map((column) => `${column} = ${column} - interval '1 day'`)
  await database.query(`UPDATE migrations SET ${back.join(', ')} WHERE id = $1`, [migrationId])
  await database.end()
}
