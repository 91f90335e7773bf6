import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeFile, rm, readFile } from 'node:fs/promises'
import { inject } from 'vitest'
import pg from 'pg'
import { Secret } from '#shared/domain/secret.ts'

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

export async function runAsServerAdmin(serverUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
