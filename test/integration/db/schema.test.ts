import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createDatabase } from '../../../server/db/pool.ts'
import { createTestDatabase } from '../../support/postgres.ts'
import { dumpSchema } from './schema-dump.ts'

test('server/db/schema.sql is what the migrations make', async () => {
  const { url, drop } = await createTestDatabase()
  const database = createDatabase({ databaseUrl: url, applicationName: 'test', onIdleError: () => undefined })
  const schema = await dumpSchema(database)
  await database.end()
  await drop()
  await expect(schema).toMatchFileSnapshot(join(import.meta.dirname, '../../../server/db/schema.sql'))
})
