import { open, writeFile } from 'node:fs/promises'
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
export function spoolReport(file: string, { clearReport, addReportChunk }: ReportStore): ReportWriter {
  const lengths: number[] = []
  const writer = createReportWriter({
    async saveChunk({ body }) {
      await writeFile(file, body, { mode: 0o600, flag: lengths.length === 0 ? 'w' : 'a' })
      lengths.push(body.length)
      return true
    },
  })
  async function passOn(): Promise<void> {
    if (!(await clearReport())) throw new ReportRefusedError()
    if (lengths.length === 0) return
    await using spooled = await open(file)
    for (const [number, length] of lengths.entries()) {
      const { buffer: body } = await spooled.read(Buffer.alloc(length), 0, length, null)
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
