import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { MigrationState } from '#shared/domain/migration-state.ts'
import type { Database } from '../../../server/db/pool.ts'
import { createJobStore, type JobStore } from '../../../server/stores/job-store.ts'
import { insertMigration, readMigration } from '../../support/migration-rows.ts'
import { withTestDatabase } from '../../support/postgres.ts'
import { exceptionOf, reportFacts, settlementOf } from '../../support/settlements.ts'

let database: Database
let jobs: JobStore

withTestDatabase((opened) => {
  database = opened
  jobs = createJobStore(database)
})
beforeEach(async () => void (await database.query('TRUNCATE accounts CASCADE')))

async function insertHeld(state: MigrationState = 'verifying') {
  const workerId = randomUUID()
  const id = await insertMigration(database, state, { workerId })
  return { id, held: jobs.hold({ migrationId: id, workerId, attempt: 1 }) }
}

/** A migration with a report of two chunks that ended so many days ago: the clock is moved in SQL. */
async function insertEnded(daysAgo: number): Promise<string> {
  const { id, held } = await insertHeld()
  for (const number of [0, 1]) await held.addReportChunk({ number, body: Buffer.from('x') })
  await held.complete(settlementOf({ missing: { objects: 1, bytes: 1 } }, [exceptionOf('a')]))
  await database.query(`UPDATE migrations SET finished_at = now() - $2 * interval '1 day' WHERE id = $1`, [id, daysAgo])
  return id
}

async function countChunks(id: string): Promise<number | null> {
  return (await database.query('SELECT FROM migration_report_chunks WHERE migration_id = $1', [id])).rowCount
}

describe('B3: reports are kept for 90 days after the end', () => {
  test('older ones go; the counts and the first exceptions stay, and the change is one that is seen', async () => {
    const [young, old] = [await insertEnded(89.9), await insertEnded(90.1)]
    const { revision } = await readMigration(database, old)
    await jobs.dropOldReports()
    expect([await countChunks(young), await countChunks(old)]).toEqual([2, 0])
    expect(await readMigration(database, young)).toMatchObject({ report: reportFacts })
    expect(await readMigration(database, old)).toMatchObject({
      report: null,
      verification: expect.any(Object) as object,
      revision: (revision as number) + 1,
    })
    expect((await database.query('SELECT FROM migration_exceptions WHERE migration_id = $1', [old])).rowCount).toBe(1)
  })

  test('a second look changes nothing more', async () => {
    const old = await insertEnded(91)
    await jobs.dropOldReports()
    const before = await readMigration(database, old)
    await jobs.dropOldReports()
    expect(await readMigration(database, old)).toEqual(before)
  })

  test('what is left of a verification that came to no end goes at once, of one under way nothing', async () => {
    const [failed, underWay] = [await insertHeld(), await insertHeld()]
    for (const { held } of [failed, underWay]) await held.addReportChunk({ number: 0, body: Buffer.from('x') })
    await failed.held.fail({ code: 'worker-error', side: 'worker', message: '', exitCode: null }, null)
    await jobs.dropOldReports()
    expect([await countChunks(failed.id), await countChunks(underWay.id)]).toEqual([0, 1])
  })

  test('B15: however many chunks there are and workers that look', async () => {
    const old = await insertEnded(91)
    await database.query(
      `INSERT INTO migration_report_chunks SELECT $1, number, 'x' FROM generate_series(2, 6000) AS number`,
      [old],
    )
    await Promise.all(Array.from({ length: 3 }, () => jobs.dropOldReports()))
    await jobs.dropOldReports()
    expect(await countChunks(old)).toBe(0)
  })
})
