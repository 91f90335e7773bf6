import type { ReportFormat } from '#shared/contract/endpoints.ts'
import type { MigrationView } from '#shared/contract/schemas.ts'

/** What the save dialog proposes, e.g. `migration-photos-2026-11-22-15-30.csv`: the bucket and the end (UTC). */
export function proposedReportName({ source, finishedAt, createdAt }: MigrationView): string {
  // A Ceph tenant's `team:photos` is no file name on Windows.
  const bucket = source.bucket.replace(/[^A-Za-z0-9._-]/g, '-')
  const minute = new Date(finishedAt ?? createdAt).toISOString().slice(0, 16)
  return `migration-${bucket}-${minute.replace(/[T:]/g, '-')}.csv`
}

export function reportFormatOf(fileName: string): ReportFormat {
  return fileName.toLowerCase().endsWith('.json') ? 'json' : 'csv'
}
