import { join } from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'
import { saveDialogWords } from '../copy/app-words.ts'

/** Asks where a report is to be saved; null when the person thinks better of it. */
export async function askWhereToSave(window: BrowserWindow | null, proposedName: string): Promise<string | null> {
  const options = {
    title: saveDialogWords.title,
    // On Linux nobody asks before a file is replaced unless told to; elsewhere the system always does.
    properties: ['showOverwriteConfirmation' as const],
    defaultPath: join(app.getPath('downloads'), proposedName),
    filters: filtersFor(proposedName),
  }
  const { canceled, filePath } =
    window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options)
  return canceled || filePath === '' ? null : filePath
}

function filtersFor(proposedName: string): Electron.FileFilter[] {
  if (proposedName.endsWith('.txt')) return [{ name: saveDialogWords.text, extensions: ['txt'] }]
  return [
    { name: saveDialogWords.csv, extensions: ['csv'] },
    { name: saveDialogWords.json, extensions: ['json'] },
  ]
}
