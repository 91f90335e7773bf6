import { dialog, nativeImage, Notification } from 'electron'
import { APP_NAME } from '../copy/app-words.ts'
import { goesOnWords, quitQuestionWords, trayExplanationWords, waitsForPersonWords } from '../copy/closing-words.ts'
import type { ToldMeaning } from './quit-rules.ts'

/** True: quit all the same. Without a window there may be none to attach it to, so it stands for itself. */
export async function askAboutSecret(): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: APP_NAME,
    message: quitQuestionWords.title,
    detail: quitQuestionWords.text,
    buttons: [quitQuestionWords.stay, quitQuestionWords.quit],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === 1
}

/** Kept reachable: a collected notification would lose its click. */
let shown: Notification | null = null

export function explainTray(iconFile: string, onClick: () => void): void {
  notify(trayExplanationWords, iconFile)?.on('click', onClick)
}

/** Outlives the app on most systems; nobody waits for it. */
export function tellOfQuit(meaning: ToldMeaning, attempt: number, iconFile: string): void {
  notify(meaning === 'goes-on' ? goesOnWords : waitsForPersonWords(attempt), iconFile)
}

function notify(words: { readonly title: string; readonly body: string }, iconFile: string): Notification | null {
  if (!Notification.isSupported()) return null
  shown = new Notification({ ...words, icon: nativeImage.createFromPath(iconFile) })
  shown.show()
  return shown
}
