import { secretWaitMinutes } from '#shared/domain/secret-wait.ts'
import { APP_NAME } from './app-words.ts'

const DAY_MINUTES = 24 * 60

/** Once ever, when the window is closed for the first time. */
export const trayExplanationWords = {
  title: `${APP_NAME} is still here`,
  body: 'It stays in the tray and tells you when a migration ends. Open it there, or start it again. Settings has a switch for this.',
} as const

/** When the app has been quit while a migration runs: what goes on, and what does not. */
export const goesOnWords = {
  title: `${APP_NAME} has quit`,
  body: 'The migration continues on Carolina Cloud’s side. How it ended you will be told when you open the app again.',
} as const

/** When it has been quit while the migration stands still. Each attempt's worker waits for so long. */
export function waitsForPersonWords(attempt: number) {
  const limit = attempt > 1 ? `${String(secretWaitMinutes.later / DAY_MINUTES)} days` : `${String(secretWaitMinutes.first)} minutes`
  return {
    title: goesOnWords.title,
    body: `The migration waits for the source’s secret key, for up to ${limit}. Open the app again to enter it; without it the migration ends.`,
  }
}

/** Before a quit that would make the migration wait. */
export const quitQuestionWords = {
  title: 'The migration still needs this app for a moment',
  text: 'A worker at Carolina Cloud is about to ask for the source’s secret key, and only this app holds it. If you quit now, the migration waits until you open the app again, and may ask you for the key once more. After that it continues on Carolina Cloud’s side without the app.',
  stay: 'Keep it open',
  quit: 'Quit anyway',
} as const
