import { readFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import type { RunningApp } from './running-app.ts'

/** A fake: the system's save dialog, which no test can click, answers with this path until the app quits. */
export async function answerSaveDialog({ electron }: RunningApp, path: string): Promise<void> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
}

export async function sha256OfFile(path: string): Promise<string> {
  return createHash('sha256').update(await readFile(path)).digest('hex')
}

/** One row of a saved report, whatever its format. */
export interface SavedRow {
  readonly sourceKey: string
  readonly destinationKey: string
  readonly sizeBytes: number
  readonly outcome: string
  readonly comparedBy: string | null
  readonly reason: string | null
}

export async function readJsonReport(path: string): Promise<readonly SavedRow[]> {
  const { rows } = JSON.parse(await readFile(path, 'utf8')) as { rows: readonly (SavedRow & { detail: string })[] }
  return rows.map(({ detail: _detail, ...row }) => row)
}

/** For keys without quotes, commas and leading signs, as those of these tests. */
export async function readCsvReport(path: string): Promise<readonly SavedRow[]> {
  const [, ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\r\n')
  return lines.map((line) => {
    const [sourceKey = '', destinationKey = '', size = '', outcome = '', comparedBy = '', reason = ''] = line.split(',')
    const row = { sourceKey, destinationKey, sizeBytes: Number(size), outcome }
    return { ...row, comparedBy: comparedBy || null, reason: reason || null }
  })
}
