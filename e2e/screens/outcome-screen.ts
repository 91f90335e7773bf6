import type { Locator, Page } from '@playwright/test'

/** How a migration ended. */
export class OutcomeScreen {
  readonly complete: Locator
  readonly withExceptions: Locator
  readonly failed: Locator
  readonly cancelled: Locator
  readonly data: Locator
  readonly files: Locator
  readonly took: Locator
  readonly startedAt: Locator
  readonly endedAt: Locator
  readonly alreadyThere: Locator
  readonly notAcross: Locator
  /** `39 files by checksum · 1 file by size only` */
  readonly compared: Locator
  /** May the source be deleted? The answers that there are. */
  readonly mayDelete: Locator
  readonly checkBeforeDeleting: Locator
  readonly doNotDelete: Locator
  /** The files that are not across; one of them is always chosen. */
  readonly exceptions: Locator
  /** The chosen one in full. */
  readonly chosenFile: Locator
  readonly copyNameButton: Locator
  readonly saveReportButton: Locator
  /** Of the saved file, once its details are open. */
  readonly savedFile: Locator
  readonly savedSha256: Locator
  readonly savedDetailsButton: Locator
  readonly copyFailedButton: Locator
  readonly runAgainButton: Locator
  /** Asked for when the keychain has none. */
  readonly secretKey: Locator
  readonly refusal: Locator
  readonly detailsButton: Locator
  readonly workerMessage: Locator
  readonly exitCode: Locator
  readonly contactSupportButton: Locator
  readonly startAnotherButton: Locator

  constructor(page: Page) {
    this.complete = page.getByRole('heading', { name: 'Migration complete' })
    this.withExceptions = page.getByRole('heading', { name: 'Migration finished with exceptions' })
    this.failed = page.getByRole('heading', { name: 'Migration failed' })
    this.cancelled = page.getByRole('heading', { name: 'Migration cancelled' })
    const summary = page.getByRole('region', { name: 'Summary' })
    this.data = valueOf(summary, 'Data')
    this.files = valueOf(summary, 'Files')
    this.took = valueOf(summary, 'Took')
    this.alreadyThere = valueOf(summary, 'Already there')
    this.notAcross = valueOf(summary, 'Not across')
    this.compared = valueOf(summary, 'Compared')
    this.mayDelete = page.getByText(/^You may delete /)
    this.checkBeforeDeleting = page.getByText('Check a few files before you delete the source.')
    this.doNotDelete = page.getByText('Do not delete the source yet.')
    this.exceptions = page.getByRole('grid', { name: 'Files that are not across' })
    this.chosenFile = page.getByRole('region', { name: 'Selected file' })
    this.copyNameButton = this.chosenFile.getByRole('button', { name: 'Copy name' })
    const report = page.getByRole('region', { name: 'Full report' })
    this.saveReportButton = report.getByRole('button', { name: 'Save report…' })
    this.savedFile = valueOf(report, 'File')
    this.savedSha256 = valueOf(report, 'SHA-256').locator('code')
    this.savedDetailsButton = report.getByRole('button', { name: 'Details' })
    this.copyFailedButton = page.getByRole('button', { name: 'Copy what failed' })
    this.runAgainButton = page.getByRole('button', { name: 'Run again' })
    this.secretKey = page.getByLabel('Secret key', { exact: true })
    this.refusal = page.getByRole('alert')
    const main = page.getByRole('main')
    this.detailsButton = main.getByRole('button', { name: 'Details' })
    this.workerMessage = valueOf(main, 'The worker’s message')
    this.startedAt = valueOf(main, 'Started')
    this.endedAt = valueOf(main, 'Ended')
    this.exitCode = valueOf(main, 'Exit code')
    this.contactSupportButton = page.getByRole('button', { name: 'Contact support' })
    this.startAnotherButton = page.getByRole('button', { name: 'Start another migration' })
  }

  /** One line of the table, found by its file. */
  exception(key: string): Locator {
    return this.exceptions.getByRole('row', { name: key })
  }

  /** Any end there is. */
  ended(): Locator {
    return this.complete.or(this.withExceptions).or(this.failed).or(this.cancelled)
  }
}

function valueOf(within: Locator, name: string): Locator {
  return within.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd')
}
