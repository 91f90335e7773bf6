import type { MigrationView } from '#shared/contract/schemas.ts'
import { spokenMoment } from '#shared/domain/moments.ts'
import type { OutcomePhase } from '../presenters/migration-presenter.ts'
import { outcomeHeadlines } from './migration.ts'
import { outcomeSentence } from './outcome.ts'
import type { Words } from './words.ts'

export const endNewsCopy = { show: 'Show' } as const

/** A migration ended while the window shows something else. */
export function endNewsWords(outcome: OutcomePhase, migration: MigrationView): Words {
  return {
    title: `${outcomeHeadlines[outcome]}: ${migration.source.bucket}`,
    text: outcomeSentence(outcome, migration),
  }
}

export const secretNeededNews: Words = {
  title: 'Your migration is waiting for you.',
  text: 'A new worker took over and needs the secret key of the source again.',
}

const endVerbs: Readonly<Record<OutcomePhase, string>> = {
  completed: 'Finished',
  'completed-with-exceptions': 'Finished',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

/** `Finished yesterday at 14:02, while you were away.` */
export function missedEndText(outcome: OutcomePhase, finishedAt: string, nowMs: number): string {
  return `${endVerbs[outcome]} ${spokenMoment(finishedAt, nowMs)}, while you were away.`
}
