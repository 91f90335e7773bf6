import { expect, test } from 'vitest'
import { isSchemaCurrent, migrate, readSchemaFiles, type SchemaFile } from '../../../server/db/migrate.ts'
import { createDatabase, type Database } from '../../../server/db/pool.ts'
import { type TestDatabase, withTestDatabase } from '../../support/postgres.ts'
import { inSchema } from './in-schema.ts'

let testDatabase: TestDatabase
let database: Database

withTestDatabase((opened, itsDatabase) => {
  database = opened
  testDatabase = itsDatabase
})


test('a migrated database needs nothing more, however many programs ask at once', async () => {
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => migrate(database)))
  expect(outcomes).toEqual(Array.from({ length: 5 }, () => ({ ok: true, value: [] })))
  expect(await isSchemaCurrent(database, readSchemaFiles())).toBe(true)
})

const withFiles = (change: (files: readonly SchemaFile[]) => readonly SchemaFile[]) =>
  migrate(database, change(readSchemaFiles()))
const fileOf = (version: number, sql: string): SchemaFile => ({
  version,
  name: `00${String(version)}_test.sql`,
  sql,
  checksum: `sum of ${sql}`,
})

test('refuses a file that changed after it was applied', async () => {
  expect(await withFiles((files) => files.map((file) => ({ ...file, checksum: 'another' })))).toEqual({
    ok: false,
    error: { code: 'file-changed', name: '001_initial.sql' },
  })
})

test('refuses a database of a newer release', async () => {
  expect(await withFiles(() => [])).toMatchObject({ ok: false, error: { code: 'unknown-version' } })
  expect(await isSchemaCurrent(database, [])).toBe(false)
})

test('applies new files in order, all or none', async () => {
  const next = readSchemaFiles().length + 1
  const first = fileOf(next, 'CREATE TABLE first_one (id int)')
  await expect(withFiles((files) => [...files, first, fileOf(next + 1, 'NONSENSE')])).rejects.toThrow()
  const { rows } = await database.query(`SELECT to_regclass('first_one') AS found`)
  expect(rows).toEqual([{ found: null }])

  const second = fileOf(next + 1, 'ALTER TABLE first_one ADD COLUMN name text')
  expect(await withFiles((files) => [...files, first, second])).toEqual({ ok: true, value: [first.name, second.name] })
  expect(await isSchemaCurrent(database, readSchemaFiles())).toBe(false)
})

test('of many programs at once on an empty database one migrates, the others wait', async () => {
  await database.query('CREATE SCHEMA empty_one')
  const others = Array.from({ length: 4 }, () =>
    createDatabase({
      databaseUrl: inSchema(testDatabase.url, 'empty_one'),
      applicationName: 'test',
      onIdleError: () => undefined,
    }),
  )
  const outcomes = await Promise.all(others.map((other) => migrate(other)))
  await Promise.all(others.map((other) => other.end()))
  expect(outcomes.map((outcome) => outcome.ok && outcome.value.length).sort()).toEqual([
    0,
    0,
    0,
    readSchemaFiles().length,
  ])
})
