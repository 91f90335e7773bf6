import type { ReportFormat } from '#shared/contract/endpoints.ts'
import type { MigrationView } from '#shared/contract/schemas.ts'

/** What the save dialog proposes, e.g. `migration-photos-2026-11-22.csv`: the bucket and the day (UTC) of the end. */
export function proposedReportName({ source, finishedAt, createdAt }: MigrationView): string {
  // A Ceph tenant's `team:photos` is no file name on Windows.
  const bucket = source.bucket.replace(/[^A-Za-z0-9._-]/g, '-')
  return `migration-${bucket}-${(finishedAt ?? createdAt).slice(0, 10)}.csv`
}

export function reportFormatOf(fileName: string): ReportFormat {
  return fileName.toLowerCase().endsWith('.json') ? 'json' : 'csv'
}
