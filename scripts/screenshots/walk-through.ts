import type { Locator } from '@playwright/test'
import type { Screens } from '../../e2e/screens/screens.ts'
import type { SourceEntry } from '../../e2e/screens/source-screen.ts'
import type { Photograph } from './photograph.ts'

const COPY_MS = 120_000

export interface Walk {
  readonly screens: Screens
  readonly photograph: Photograph
  readonly apiKey: string
  readonly source: SourceEntry
  /** The same store, where some files are archived and one may not be read. */
  readonly sourceWithExceptions: SourceEntry
  readonly revokeSourceKey: () => Promise<void>
}

/** Goes through every screen that the documentation shows; the numbers order the pictures, not the walk. */
export async function walkThrough(walk: Walk): Promise<void> {
  const { screens, photograph, apiKey, source } = walk
  const { signIn, current, outcome } = screens
  await signIn.heading.waitFor()
  await photograph('01-sign-in')
  await signIn.signIn(`${apiKey.slice(0, -4)}XXXX`)
  await signIn.refusal.waitFor()
  await photograph('13-sign-in-refused')
  await signIn.signIn(apiKey)
  await photographEmptyHistory(screens, photograph)
  await photographWizard(screens, source, photograph)

  await currentPercent(screens, /^[6-8]\d%$/)
  await photograph('06-copying')
  await current.cancelButton.click()
  await current.cancelQuestion.waitFor()
  await photograph('15-cancel-question')
  await current.cancelQuestion.getByRole('button', { name: 'Cancel migration' }).click()
  await endsAs(screens, outcome.cancelled)
  await photograph('08-cancelled')

  await startAgain(screens, source, 'My Storage')
  await endsAs(screens, outcome.complete)
  await photograph('07-complete')

  await photographOtherEnds(walk)
}

async function photographOtherEnds(walk: Walk): Promise<void> {
  const { screens, photograph, source, sourceWithExceptions, revokeSourceKey } = walk
  const { outcome, rail, history, settings } = screens
  await startAgain(screens, sourceWithExceptions, 'Piedmont Research Storage')
  await endsAs(screens, outcome.withExceptions)
  await outcome.exceptions.waitFor()
  await photograph('10-exceptions')

  await startAgain(screens, source, 'Coastal Imaging')
  await currentPercent(screens, /^[1-9]\d%$/)
  await revokeSourceKey()
  await endsAs(screens, outcome.failed)
  await photograph('09-failed')
  await rail.history.click()
  await history.row('My Storage').first().waitFor()
  await photograph('11-history')
  await settings.open()
  await settings.heading.waitFor()
  await photograph('12-settings')
}

async function photographEmptyHistory({ rail, history, source }: Screens, photograph: Photograph): Promise<void> {
  await source.heading.waitFor()
  await rail.history.click()
  await history.firstMigrationButton.waitFor()
  await photograph('14-history-empty')
  await rail.newMigration.click()
}

async function photographWizard(screens: Screens, entry: SourceEntry, photograph: Photograph): Promise<void> {
  const { source, destination, review } = screens
  await source.heading.waitFor()
  await source.fill(entry)
  await source.heading.click()
  await photograph('02-source')
  await source.secretKey.fill('another-secret-key')
  await source.checkButton.click()
  await source.findings.waitFor()
  await photograph('03-source-checked')
  await source.secretKey.fill(entry.secretAccessKey)
  await source.checkButton.click()
  await source.continueButton.click()
  await destination.bucket('My Storage').click()
  await photograph('04-destination')
  await destination.continueButton.click()
  await review.startButton.waitFor()
  await photograph('05-review')
  await review.startButton.click()
}

async function startAgain({ outcome, source, destination, review }: Screens, entry: SourceEntry, bucket: string): Promise<void> {
  await outcome.startAnotherButton.click()
  await source.check(entry)
  await source.continueButton.waitFor()
  if (await source.archivedChoice.isVisible()) await source.chooseForArchived('Copy the rest and list these')
  await source.continueButton.click()
  await destination.pass(bucket)
  await review.startButton.click()
}

function currentPercent({ current }: Screens, shown: RegExp): Promise<void> {
  return current.card.getByText(shown).waitFor({ timeout: COPY_MS })
}

/** Any other end is told at once, with what the window says of it. */
async function endsAs({ outcome }: Screens, wanted: Locator): Promise<void> {
  const ended = outcome.ended()
  await ended.waitFor({ timeout: COPY_MS })
  if (await wanted.isVisible()) return
  const seen = await ended.page().getByRole('main').innerText()
  throw new Error(`the migration ended otherwise:\n${seen}`)
}
