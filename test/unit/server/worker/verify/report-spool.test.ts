import type { FileHandle } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createReportWriter, ReportRefusedError } from '../../../../../server/report/report-writer.ts'
import type { ReportRow } from '../../../../../server/report/report-row.ts'
import { openNamelessFile } from '../../../../../server/worker/nameless-files.ts'
import { spoolReport } from '../../../../../server/worker/verify/report-spool.ts'

const row = (index: number): ReportRow => ({
  key: `${String(index)} ${'x'.repeat(900)}`,
  destinationKey: 'k',
  bytes: index,
  outcome: 'copied',
  comparison: 'etag',
  reason: null,
  detail: '',
})
let file: FileHandle
beforeEach(async () => void (file = await openNamelessFile()))
afterEach(() => file.close())
const openFile = (): Promise<FileHandle> => Promise.resolve(file)

function openStore(options: { readonly takes?: number; readonly clears?: boolean } = {}) {
  const { takes = Infinity, clears = true } = options
  const calls: unknown[] = []
  const chunks: { number: number; body: string }[] = []
  return {
    calls,
    chunks,
    store: {
      clearReport() {
        calls.push('clear')
        return Promise.resolve(clears)
      },
      addReportChunk({ number, body }: { number: number; body: Uint8Array }) {
        calls.push(number)
        chunks.push({ number, body: Buffer.from(body).toString('base64') })
        return Promise.resolve(chunks.length <= takes)
      },
    },
  }
}

test('B3: nothing of a report is stored before it is finished; then all of it, in place of the one before', async () => {
  const { calls, chunks, store } = openStore()
  const expected: typeof chunks = []
  const writer = createReportWriter({
    saveChunk: ({ number, body }) =>
      Promise.resolve(expected.push({ number, body: Buffer.from(body).toString('base64') }) > 0),
  })
  const abandoned = spoolReport(openFile, store)
  for (let index = 0; index < 700; index += 1) await abandoned.add(row(index))
  const report = spoolReport(openFile, store)
  for (let index = 0; index < 700; index += 1) {
    await report.add(row(index + 1_000))
    await writer.add(row(index + 1_000))
  }
  expect(calls).toEqual([])
  expect(await report.finish()).toEqual(await writer.finish())
  expect(calls).toEqual(['clear', 0, 1, 2])
  expect(chunks).toEqual(expected)
})

test('B3: a report without rows is stored as that', async () => {
  const { calls, store } = openStore()
  expect(await spoolReport(openFile, store).finish()).toMatchObject({ rows: 0 })
  expect(calls).toEqual(['clear'])
})

test.each([
  ['may not be cleared', { clears: false }],
  ['takes no more', { takes: 0 }],
])('S15: a row that %s has been taken over', async (_name, options) => {
  const report = spoolReport(openFile, openStore(options).store)
  await report.add(row(1))
  await expect(report.finish()).rejects.toThrow(ReportRefusedError)
})
