import type { ReportFormat } from '#shared/contract/endpoints.ts'
import type { MigrationView } from '#shared/contract/schemas.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { renderReport } from '../../report/report-file.ts'
import type { MigrationStore, ReportStore } from '../../stores/ports.ts'
import type { ApiFile } from '../file-answer.ts'
import type { Problem } from '../problem.ts'
import type { StreamQuota } from '../stream-quota.ts'
import { getMigration } from './get-migration.ts'

const contentTypes: Readonly<Record<ReportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
}

export interface DownloadPorts {
  readonly migrations: MigrationStore
  readonly reports: Pick<ReportStore, 'readChunk'>
  /** Downloads under way. */
  readonly downloads: StreamQuota
}

/** B3: the full report as a file. Its parts are read as `send` takes them; between two no connection is held. */
export async function downloadReport(
  { migrations, reports, downloads }: DownloadPorts,
  { accountId, migrationId, format }: { accountId: string; migrationId: string; format: ReportFormat },
  send: (file: ApiFile) => Promise<void>,
): Promise<Result<null, Problem>> {
  const migration = await getMigration(migrations, accountId, migrationId)
  if (!migration.ok) return migration
  const { report } = migration.value
  if (report === null) return err({ code: 'report-not-there' })
  if (!downloads.take(accountId)) {
    return err({ code: 'rate-limited', detail: 'Too many reports are being downloaded for this account.' })
  }
  try {
    await send({
      ...report[format],
      name: `${fileNameOf(migration.value)}.${format}`,
      contentType: contentTypes[format],
      open: () => renderReport(format, readChunks(reports, migrationId)),
    })
  } finally {
    downloads.giveBack(accountId)
  }
  return ok(null)
}

async function* readChunks(
  reports: Pick<ReportStore, 'readChunk'>,
  migrationId: string,
): AsyncGenerator<Uint8Array, void> {
  for (let number = 0; ; number++) {
    const body = await reports.readChunk(migrationId, number)
    if (body === null) return
    yield body
  }
}

/** Told apart in a folder of downloads: from where, and when it ended. */
function fileNameOf({ source, finishedAt, createdAt }: MigrationView): string {
  const bucket = source.bucket.replace(/[^A-Za-z0-9._-]/g, '_')
  return `migration-report-${bucket}-${(finishedAt ?? createdAt).slice(0, 10)}`
}
