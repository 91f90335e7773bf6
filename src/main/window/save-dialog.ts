import { join } from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'
import { saveDialogWords } from '../copy/app-words.ts'

/** Asks where a report is to be saved; null when the person thinks better of it. The system asks before it replaces. */
export async function askWhereToSave(window: BrowserWindow | null, proposedName: string): Promise<string | null> {
  const options = {
    title: saveDialogWords.title,
    defaultPath: join(app.getPath('downloads'), proposedName),
    filters: [
      { name: saveDialogWords.csv, extensions: ['csv'] },
      { name: saveDialogWords.json, extensions: ['json'] },
    ],
  }
  const { canceled, filePath } =
    window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options)
  return canceled || filePath === '' ? null : filePath
}
