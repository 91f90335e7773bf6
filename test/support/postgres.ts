import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeFile, rm, readFile } from 'node:fs/promises'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { createDatabase, type Database } from '../../server/db/pool.ts'

export interface TestDatabase {
  /** With the password: for clients in this process. */
  readonly url: Secret
  /** File (mode 0600) with the same URL, to pass to another program as DATABASE_URL_FILE. */
  readonly urlFile: string
  /** Ends its connections and removes it. */
  drop(): Promise<void>
}

declare module 'vitest' {
  interface ProvidedContext {
    /** File with the URL of the server's own database, made by `global-setup.ts`. */
    readonly postgresUrlFile: string
  }
}

export const TEMPLATE_DATABASE = 'migrated_template'

/** A database of its own, with the whole schema and no rows. Copied from a template, in well under a second. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = await readFile(inject('postgresUrlFile'), 'utf8')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await runAsServerAdmin(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const urlFile = join(tmpdir(), `${name}.url`)
  await writeFile(urlFile, url.href, { mode: 0o600 })
  const drop = async (): Promise<void> => {
    await rm(urlFile, { force: true })
    await runAsServerAdmin(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  }
  return { url: Secret.of(url.href), urlFile, drop }
}

/** For a test file, or a `describe`, that needs one database and one pool: both go with it. */
export function withTestDatabase(onOpened: (database: Database, testDatabase: TestDatabase) => void): void {
  let close = (): Promise<void> => Promise.resolve()
  beforeAll(async () => {
    const testDatabase = await createTestDatabase()
    const { url: databaseUrl, drop } = testDatabase
    const database = createDatabase({ databaseUrl, applicationName: 'test', onIdleError: () => undefined })
    close = async () => {
      await database.end()
      await drop()
    }
    onOpened(database, testDatabase)
  })
  afterAll(() => close())
}

export async function runAsServerAdmin(serverUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
