import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../../scripts/local-stack/postgres.ts'
import { migrate } from '../../server/db/migrate.ts'
import { createDatabase } from '../../server/db/pool.ts'
import { runAsServerAdmin, TEMPLATE_DATABASE } from './postgres.ts'

/** One real PostgreSQL for the whole run; its guard removes it even when vitest is killed. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startEmbeddedPostgres({
    dataDir: join(tmpdir(), `carolina-test-postgres-${randomUUID()}`),
    isTemporary: true,
  })
  try {
    await runAsServerAdmin(postgres.databaseUrl('postgres').reveal(), `CREATE DATABASE ${TEMPLATE_DATABASE}`)
    const template = createDatabase({
      databaseUrl: postgres.databaseUrl(TEMPLATE_DATABASE),
      applicationName: 'test set-up',
      onIdleError: () => undefined,
    })
    const migrated = await migrate(template)
    await template.end()
    if (!migrated.ok) throw new Error(`the template database could not be migrated: ${migrated.error.code}`)
    project.provide('postgresUrlFile', await postgres.writeUrlFile('postgres'))
  } catch (error) {
    await postgres.stop()
    throw error
  }
  return () => postgres.stop()
}
