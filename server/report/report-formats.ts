import type { ReportFormat } from '#shared/contract/endpoints.ts'
import { csvReport } from './csv-report.ts'
import { jsonReport } from './json-report.ts'
import type { ReportRendering } from './report-rendering.ts'

export const reportRenderings: Readonly<Record<ReportFormat, ReportRendering>> = { csv: csvReport, json: jsonReport }
