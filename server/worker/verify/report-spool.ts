import type { FileHandle } from 'node:fs/promises'
import { createReportWriter, ReportRefusedError, type ReportWriter } from '../../report/report-writer.ts'
import type { HeldJob } from '../../stores/held-job.ts'

/** Both answer false when the job is to stop. */
export interface ReportStore {
  readonly clearReport: HeldJob['clearReport']
  readonly addReportChunk: HeldJob['addReportChunk']
}

/**
 * A report that waits in a file, packed, until it is finished: only then it takes the place of whatever the database
 * holds. A verification that breaks off takes nothing from the one before it. Also rejects with the disk's errors.
 */
export function spoolReport(openFile: () => Promise<FileHandle>, { clearReport, addReportChunk }: ReportStore): ReportWriter {
  const lengths: number[] = []
  let file: FileHandle | null = null
  let written = 0
  const writer = createReportWriter({
    async saveChunk({ body }) {
      file ??= await openFile()
      // By position: a report that was begun anew writes over the one before.
      const { bytesWritten } = await file.write(body, 0, body.length, written)
      if (bytesWritten < body.length) throw new Error('the report could not be written to the disk')
      written += bytesWritten
      lengths.push(bytesWritten)
      return true
    },
  })
  async function passOn(): Promise<void> {
    if (!(await clearReport())) throw new ReportRefusedError()
    if (file === null) return
    let position = 0
    for (const [number, length] of lengths.entries()) {
      const { buffer: body } = await file.read(Buffer.alloc(length), 0, length, position)
      position += length
      if (!(await addReportChunk({ number, body }))) throw new ReportRefusedError()
    }
  }
  return {
    add: writer.add,
    async finish() {
      const facts = await writer.finish()
      await passOn()
      return facts
    },
  }
}
