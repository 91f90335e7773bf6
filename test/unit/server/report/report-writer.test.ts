import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reportFormats } from '#shared/contract/endpoints.ts'
import { CHUNK_BYTES, unpackChunk } from '../../../../server/report/report-chunk.ts'
import { renderReport } from '../../../../server/report/report-file.ts'
import { createReportWriter, ReportRefusedError } from '../../../../server/report/report-writer.ts'
import type { ReportRow } from '../../../../server/report/report-row.ts'
import type { ReportChunk } from '../../../../server/stores/held-report.ts'
import { anyRow, anyText, rowOf } from './rows.ts'

/** All chunks in memory, for reports that fit. */
async function write(rows: readonly ReportRow[]) {
  const chunks: ReportChunk[] = []
  const writer = createReportWriter({
    saveChunk: (chunk) => Promise.resolve(chunks.push(chunk) > 0),
  })
  for (const row of rows) await writer.add(row)
  return { facts: await writer.finish(), chunks }
}

async function* bodiesOf(chunks: readonly ReportChunk[]) {
  for (const { body } of chunks) yield await Promise.resolve(body)
}

async function fileOf(format: 'csv' | 'json', chunks: readonly ReportChunk[]): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of renderReport(format, bodiesOf(chunks))) parts.push(part)
  return Buffer.concat(parts)
}

async function expectFactsToHold({ facts, chunks }: Awaited<ReturnType<typeof write>>): Promise<void> {
  for (const format of reportFormats) {
    const file = await fileOf(format, chunks)
    expect(facts[format]).toEqual({ bytes: file.length, sha256: createHash('sha256').update(file).digest('hex') })
  }
}

/** As random as keys get, so that compression cannot make one chunk of many. */
const manyRows = (count: number): ReportRow[] =>
  Array.from({ length: count }, (_row, index) =>
    rowOf({ key: createHash('md5').update(String(index)).digest('hex'), bytes: index }),
  )

describe('B3: the report’s writer', () => {
  test('tells length and digest of the files that its chunks make, whatever they hold (property)', async () => {
    const oddText = fc.oneof(anyText, fc.string({ unit: 'binary' }), fc.constant('half \ud83d'))
    const anyOddRow = fc.tuple(anyRow, oddText).map(([row, key]) => ({ ...row, key }))
    await fc.assert(
      fc.asyncProperty(fc.array(anyOddRow, { maxLength: 10 }), async (rows) => {
        const written = await write(rows)
        expect(written.facts.rows).toBe(rows.length)
        await expectFactsToHold(written)
      }),
    )
  })

  test('many rows make many chunks of a bounded size, numbered from 0, in the order of the calls', async () => {
    const rows = manyRows(10_000)
    const written = await write(rows)
    expect(written.chunks.map(({ number }) => number)).toEqual(written.chunks.map((_chunk, index) => index))
    expect(written.chunks.length).toBeGreaterThan(2)
    const unpacked = await Promise.all(written.chunks.map(({ body }) => unpackChunk(body)))
    expect(unpacked.flat()).toEqual(rows)
    expect(JSON.parse((await fileOf('json', written.chunks)).toString())).toMatchObject({
      rows: rows.map(({ key }) => ({ sourceKey: key })),
    })
    for (const part of unpacked) expect(JSON.stringify(part).length).toBeLessThan(4 * CHUNK_BYTES)
    await expectFactsToHold(written)
  })

  test('an empty report is two files without rows', async () => {
    const written = await write([])
    expect(written.chunks).toEqual([])
    expect(written.facts.rows).toBe(0)
    await expectFactsToHold(written)
    expect(JSON.parse((await fileOf('json', [])).toString())).toMatchObject({ rows: [] })
  })

  test('a page of a store’s words is cut short', async () => {
    const { chunks } = await write([rowOf({ detail: 'x'.repeat(100_000) })])
    const [row] = await unpackChunk(chunks[0]?.body ?? new Uint8Array())
    expect(row?.detail).toHaveLength(500)
  })

  test('waits with the next row until a full chunk is saved', async () => {
    const saves: ((isTaken: boolean) => void)[] = []
    const writer = createReportWriter({ saveChunk: () => new Promise((resolve) => void saves.push(resolve)) })
    const rows = manyRows(4_000)
    let added = 0
    const adding = (async () => {
      for (const row of rows) {
        await writer.add(row)
        added += 1
      }
    })()
    await expect.poll(() => saves.length).toBe(1)
    const addedBefore = added
    expect(addedBefore).toBeLessThan(rows.length)
    await new Promise(setImmediate)
    expect(added).toBe(addedBefore)
    saves[0]?.(true)
    await adding
    expect(saves).toHaveLength(1)
  })

  test('B8: says so when a chunk is not taken any more, and passes a rejection on', async () => {
    const refused = createReportWriter({ saveChunk: () => Promise.resolve(false) })
    await refused.add(rowOf())
    await expect(refused.finish()).rejects.toThrow(ReportRefusedError)
    const broken = createReportWriter({ saveChunk: () => Promise.reject(new Error('no database')) })
    await broken.add(rowOf())
    await expect(broken.finish()).rejects.toThrow('no database')
  })
})

describe('a chunk that cannot be read', () => {
  test('of a later release is refused, not guessed at', async () => {
    await expect(unpackChunk(gzipSync('2\n["a","b",1,"copied",null,null,""]'))).rejects.toThrow(/version/)
  })

  test('that would unpack to far more than a chunk is refused before it fills the memory', async () => {
    await expect(unpackChunk(gzipSync('1'.repeat(10_000_000)))).rejects.toMatchObject({ code: 'ERR_BUFFER_TOO_LARGE' })
  })
})
