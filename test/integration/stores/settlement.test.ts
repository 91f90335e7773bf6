import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { LISTED_EXCEPTIONS } from '#shared/contract/endpoints.ts'
import { type MigrationView, migrationViewSchema } from '#shared/contract/schemas.ts'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import type { Database } from '../../../server/db/pool.ts'
import type { HeldJob, JobReport } from '../../../server/stores/held-job.ts'
import { createJobStore } from '../../../server/stores/job-store.ts'
import { createMigrationStore } from '../../../server/stores/migration-store.ts'
import { createReportStore } from '../../../server/stores/report-store.ts'
import { type AccountRow, insertAccount, insertMigration } from '../../support/migration-rows.ts'
import { withTestDatabase } from '../../support/postgres.ts'
import { exceptionOf, inventory, reportFacts, settlementOf } from '../../support/settlements.ts'

let database: Database
let account: AccountRow
let id: string
let held: HeldJob

withTestDatabase((opened) => (database = opened))
beforeEach(async () => {
  const workerId = randomUUID()
  account = await insertAccount(database)
  id = await insertMigration(database, 'verifying', { workerId, account })
  held = createJobStore(database).hold({ migrationId: id, workerId, attempt: 1 })
})

/** As the API would show it. */
async function view(): Promise<MigrationView> {
  return migrationViewSchema.strict().parse(await createMigrationStore(database).find(account.accountId, id))
}
const reports = () => createReportStore(database)
const failure = { code: 'copy-failed', side: 'worker', message: 'm', exitCode: 1 } as const

const busy: JobReport = {
  progress: {
    copiedBytes: 1,
    copiedObjects: 2,
    totalBytes: 3,
    totalObjects: 4,
    bytesPerSecond: 5.5,
    verifiedObjects: 6,
    // Longer than an integer of SQL has seconds: a hundred years.
    remainingSeconds: 3_155_760_000,
    remainingNote: 'slower',
  },
  throughput: { secondsPerSample: 2, bytesPerSecond: [0, 7, 9] },
  waiting: { side: 'source', code: 'unreachable', nextTryAt: '2026-11-22T10:00:00.000Z' },
}

test('S12: counts stop at the largest exact number, and the database takes no larger one', async () => {
  const most = Number.MAX_SAFE_INTEGER
  const [missing, failed] = [{ objects: most, bytes: most }, { objects: 1, bytes: 2 * most }]
  expect(await held.complete(settlementOf({ missing, failed }))).toBe(true)
  expect(await view()).toMatchObject({
    progress: { totalBytes: most, totalObjects: most, copiedBytes: 70 },
    verification: { exceptions: { failed: { bytes: most } } },
  })
  const amounts = ['copied_bytes', 'copied_objects', 'total_bytes', 'total_objects', 'verified_objects', 'remaining_seconds']
  for (const change of amounts.flatMap((column) => [`${column} = 9007199254740992`, `${column} = -1`])) {
    const refused = database.query(`UPDATE migrations SET ${change} WHERE id = $1`, [id])
    await expect(refused, change).rejects.toMatchObject({ constraint: 'migrations_amounts_check' })
  }
})

describe('B5: what is told of a running job', () => {
  test('is shown as it was written, and the whole of it replaced each time', async () => {
    expect(await held.writeProgress(busy)).toBe(true)
    expect(await view()).toMatchObject(busy)
    expect(await held.writeProgress({ progress: emptyProgress, throughput: null, waiting: null })).toBe(true)
    expect(await view()).toMatchObject({ progress: emptyProgress, throughput: null, waiting: null })
  })

  test('B2: the inventory stands beside it, whatever the store calls its classes', async () => {
    expect(await held.writeInventory(inventory)).toBe(true)
    expect((await view()).inventory).toEqual(inventory)
  })

  test.each([
    ['it ends well', () => held.complete(settlementOf())],
    ['it fails', () => held.fail(failure, null)],
    ['it is stopped', () => database.query(`UPDATE migrations SET state = 'cancelling'`).then(() => held.stopped())],
    ['its worker gives it back', () => held.release()],
    ['it is copied again', () => held.copyAgain()],
    [
      'its worker is lost and another takes over',
      async () => {
        await database.query(`UPDATE migrations SET lease_expires_at = now() WHERE id = $1`, [id])
        const key = { keyId: randomUUID(), publicKey: 'A'.repeat(43) }
        const job = await createJobStore(database).claim({ workerId: randomUUID(), leaseTtlMs: 60_000, key })
        return job?.migrationId === id
      },
    ],
  ])('is over when %s; the course of the copy stays', async (_case, move) => {
    await database.query('DELETE FROM migrations WHERE id <> $1', [id])
    await held.writeProgress(busy)
    expect(await move()).toBe(true)
    expect(await view()).toMatchObject({
      progress: { bytesPerSecond: null, verifiedObjects: null, remainingSeconds: null, remainingNote: null },
      waiting: null,
      throughput: busy.throughput,
    })
  })
})

describe('B3: the account at the end', () => {
  test('without exceptions it is completed: copied is all there is, markers that carry nothing included', async () => {
    expect(await held.complete(settlementOf())).toBe(true)
    expect(await view()).toMatchObject({
      state: 'completed',
      progress: { copiedBytes: 70, totalBytes: 70, copiedObjects: 4, totalObjects: 4 },
      verification: settlementOf().verification,
      report: reportFacts,
      failure: null,
    })
    expect(await reports().listExceptions(id)).toEqual([])
  })

  test('with exceptions it says so, and what did not make it is not called copied', async () => {
    const settlement = settlementOf(
      { archived: { objects: 2, bytes: 900 }, failed: { objects: 1, bytes: 30 } },
      [exceptionOf('a')],
    )
    expect(await held.complete(settlement)).toBe(true)
    expect(await view()).toMatchObject({
      state: 'completed-with-exceptions',
      progress: { copiedBytes: 70, totalBytes: 1_000, copiedObjects: 4, totalObjects: 7 },
      verification: settlement.verification,
      report: reportFacts,
      failure: null,
    })
    expect(await reports().listExceptions(id)).toEqual([exceptionOf('a')])
  })

  test('a failure has it as well when a verification found nothing across', async () => {
    const settlement = settlementOf({ missing: { objects: 1, bytes: 1 } }, [exceptionOf('a')])
    expect(await held.fail(failure, settlement)).toBe(true)
    expect(await view()).toMatchObject({
      state: 'failed',
      failure,
      verification: settlement.verification,
      report: reportFacts,
    })
    expect(await reports().listExceptions(id)).toEqual([exceptionOf('a')])
  })

  test('a failure before that has none', async () => {
    await held.fail(failure, null)
    expect(await view()).toMatchObject({ state: 'failed', failure, verification: null, report: null })
  })

  test('keys stand in the list with whatever characters they hold, and only the first of them', async () => {
    const odd = ['\u0000', 'a\u0000b', '\ud800', '"\\', '\u2028', 'e\u0301', '\u001f'].map(exceptionOf)
    const many = Array.from({ length: LISTED_EXCEPTIONS + 50 }, (_one, index) => exceptionOf(`key ${String(index)}`))
    await held.complete(settlementOf({ missing: { objects: 200, bytes: 1 } }, [...odd, ...many]))
    expect(await reports().listExceptions(id)).toEqual([...odd, ...many].slice(0, LISTED_EXCEPTIONS))
  })
})

describe('B3: the report’s chunks', () => {
  const chunk = (number: number, text: string) => ({ number, body: Buffer.from(text) })
  const readAll = async (): Promise<(string | undefined)[]> => {
    const bodies = await Promise.all([0, 1, 2].map((number) => reports().readChunk(id, number)))
    return bodies.map((body) => (body === null ? undefined : Buffer.from(body).toString()))
  }

  test('are read back by number', async () => {
    expect(await held.addReportChunk(chunk(0, 'first'))).toBe(true)
    expect(await held.addReportChunk(chunk(1, 'second'))).toBe(true)
    expect(await readAll()).toEqual(['first', 'second', undefined])
  })

  test('B8: one that is written again because its answer was lost is there once', async () => {
    await held.addReportChunk(chunk(0, 'first'))
    expect(await held.addReportChunk(chunk(0, 'first'))).toBe(true)
    expect(await readAll()).toEqual(['first', undefined, undefined])
  })

  test('of an earlier verification are gone once a new one begins; other migrations’ stay', async () => {
    const workerId = randomUUID()
    const other = await insertMigration(database, 'verifying', { workerId })
    await createJobStore(database).hold({ migrationId: other, workerId, attempt: 1 }).addReportChunk(chunk(0, 'other'))
    await held.addReportChunk(chunk(0, 'first'))
    expect(await held.clearReport()).toBe(true)
    expect(await readAll()).toEqual([undefined, undefined, undefined])
    expect(await reports().readChunk(other, 0)).not.toBeNull()
  })
})
