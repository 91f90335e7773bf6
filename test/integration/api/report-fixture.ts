import { randomUUID } from 'node:crypto'
import { isException } from '#shared/domain/object-outcome.ts'
import type { ReportRow } from '../../../server/report/report-row.ts'
import { createReportWriter } from '../../../server/report/report-writer.ts'
import { createJobStore } from '../../../server/stores/job-store.ts'
import type { SeededAccount, TestApi } from '../../support/api-server.ts'
import { settlementOf } from '../../support/settlements.ts'
import { dispatchOne } from './migration-fixture.ts'

/** A migration of this account that ended with these rows as its report, written as a worker writes it. */
export async function endWithReport(api: TestApi, account: SeededAccount, rows: Iterable<ReportRow>): Promise<string> {
  const id = await dispatchOne(api, account)
  const workerId = randomUUID()
  await api.database.query(
    `UPDATE migrations SET state = 'verifying', worker_id = $2, attempt = 1,
       lease_expires_at = now() + interval '1 hour' WHERE id = $1`,
    [id, workerId],
  )
  const held = createJobStore(api.database).hold({ migrationId: id, workerId, attempt: 1 })
  const writer = createReportWriter({ saveChunk: held.addReportChunk })
  const missing: ReportRow[] = []
  for (const row of rows) {
    await writer.add(row)
    if (isException(row.outcome)) missing.push(row)
  }
  const report = await writer.finish()
  const exceptions = missing.map(({ key, bytes, detail }) => ({
    key,
    bytes,
    detail,
    outcome: 'missing' as const,
    reason: 'unknown' as const,
  }))
  const settlement = settlementOf({ missing: { objects: missing.length, bytes: 0 } }, exceptions)
  if (!(await held.complete({ ...settlement, report }))) throw new Error('the migration could not be ended')
  return id
}

/** Random keys, so that so many rows make many chunks. */
export function* manyRows(count: number): Generator<ReportRow, void> {
  for (let index = 0; index < count; index++) {
    const key = `photos/${randomUUID()}.jpg`
    yield {
      key,
      destinationKey: `summer/${key}`,
      bytes: index,
      outcome: index % 100 === 99 ? 'missing' : 'copied',
      comparison: index % 100 === 99 ? null : 'etag',
      reason: index % 100 === 99 ? 'unknown' : null,
      detail: '',
    }
  }
}
