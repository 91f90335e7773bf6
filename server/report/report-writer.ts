import { createHash } from 'node:crypto'
import { type ReportFormat, reportFormats } from '#shared/contract/endpoints.ts'
import type { ReportFacts } from '#shared/contract/schemas.ts'
import type { ReportChunk } from '../stores/held-job.ts'
import { CHUNK_BYTES, packChunk, toStoredLine } from './report-chunk.ts'
import { reportRenderings } from './report-formats.ts'
import type { ReportRow } from './report-row.ts'

export interface ReportWriter {
  /** Resolves when there is room for the next row. Rows stand in the order of these calls, one call at a time. */
  readonly add: (row: ReportRow) => Promise<void>
  /** Saves what is left; the facts are of the two files that the API will make of the chunks. */
  readonly finish: () => Promise<ReportFacts>
}

/** `add` and `finish` reject with it when a chunk was not taken: this worker has lost the job. */
export class ReportRefusedError extends Error {
  constructor() {
    super('a chunk of the report was not taken: the lease is lost')
    this.name = 'ReportRefusedError'
  }
}

/** Words of a store may be a whole page of HTML. */
const MAX_DETAIL_CHARACTERS = 500

/**
 * Packs rows into chunks, in the memory of one chunk however many rows there are. What `saveChunk` rejects with
 * is passed on; after a rejection the report is no more to be used.
 */
export function createReportWriter({
  saveChunk,
}: {
  /** False when the lease is lost. */
  readonly saveChunk: (chunk: ReportChunk) => Promise<boolean>
}): ReportWriter {
  const files = { csv: measureFile('csv'), json: measureFile('json') }
  let pending: ReportRow[] = []
  let lines: string[] = []
  let pendingBytes = 0
  let savedRows = 0
  let chunks = 0

  async function savePending(): Promise<void> {
    for (const format of reportFormats) files[format].add(reportRenderings[format].rows(pending, savedRows === 0))
    const body = await packChunk(lines)
    savedRows += pending.length
    pending = []
    lines = []
    pendingBytes = 0
    if (!(await saveChunk({ number: chunks++, body }))) throw new ReportRefusedError()
  }

  return {
    async add(row) {
      const kept = { ...row, detail: row.detail.slice(0, MAX_DETAIL_CHARACTERS) }
      const line = toStoredLine(kept)
      pending.push(kept)
      lines.push(line)
      pendingBytes += Buffer.byteLength(line)
      if (pendingBytes >= CHUNK_BYTES) await savePending()
    },
    async finish() {
      if (pending.length > 0) await savePending()
      return { rows: savedRows, csv: files.csv.end(), json: files.json.end() }
    },
  }
}

/** Length and digest of a file that is never held. */
function measureFile(format: ReportFormat) {
  const { head, tail } = reportRenderings[format]
  const hash = createHash('sha256')
  let bytes = 0
  const add = (text: string): void => {
    bytes += Buffer.byteLength(text)
    hash.update(text, 'utf8')
  }
  add(head)
  return {
    add,
    end() {
      add(tail)
      return { bytes, sha256: hash.digest('hex') }
    },
  }
}
