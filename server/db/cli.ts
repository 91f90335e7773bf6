import { assertNever } from '#shared/domain/assert-never.ts'
import { readSchemaConfig } from '../config.ts'
import { migrate, type SchemaProblem } from './migrate.ts'
import { createDatabase, type Database, isDatabaseUnavailable } from './pool.ts'

// Entry: `node server/db/cli.ts migrate` brings a database to this release's schema.
async function migrateAndTell(database: Database): Promise<number> {
  const outcome = await migrate(database)
  if (!outcome.ok) {
    process.stderr.write(`${describeProblem(outcome.error)}\n`)
    return 1
  }
  process.stdout.write(
    outcome.value.length === 0 ? 'The schema is current.\n' : `Applied ${outcome.value.join(', ')}.\n`,
  )
  return 0
}

function describeProblem(problem: SchemaProblem): string {
  switch (problem.code) {
    case 'file-changed':
      return `${problem.name} was changed after it had been applied here. Put it back, and write a new file for the change.`
    case 'unknown-version':
      return `${problem.name} was applied here, but this release does not have it. Use the newer release.`
    default:
      return assertNever(problem)
  }
}

async function main(): Promise<number> {
  if (process.argv.slice(2).join(' ') !== 'migrate') {
    process.stderr.write('Usage: node server/db/cli.ts migrate\nSettings: DATABASE_URL or DATABASE_URL_FILE.\n')
    return 2
  }
  const config = readSchemaConfig()
  if (!config.ok) {
    process.stderr.write(`${config.error.join('\n')}\n`)
    return 1
  }
  const database = createDatabase({
    ...config.value,
    applicationName: 'carolina-migrate schema',
    onIdleError: () => undefined,
  })
  try {
    return await migrateAndTell(database)
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error
    process.stderr.write('The database cannot be reached; check DATABASE_URL or DATABASE_URL_FILE.\n')
    return 1
  } finally {
    await database.end()
  }
}

process.exitCode = await main()
