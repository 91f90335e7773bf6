import type { ReportFormat } from '#shared/contract/endpoints.ts'
import { unpackChunk } from './report-chunk.ts'
import { reportRenderings } from './report-formats.ts'

/** The file whose length and digest the writer told, in parts, from the chunks it saved. Holds one chunk at a time. */
export async function* renderReport(
  format: ReportFormat,
  chunkBodies: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer, void> {
  const { head, rows, tail } = reportRenderings[format]
  yield Buffer.from(head)
  let isFirst = true
  for await (const body of chunkBodies) {
    yield Buffer.from(rows(await unpackChunk(body), isFirst))
    isFirst = false
  }
  yield Buffer.from(tail)
}
