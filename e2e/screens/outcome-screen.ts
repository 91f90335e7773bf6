import type { Locator, Page } from '@playwright/test'

/** How a migration ended. */
export class OutcomeScreen {
  readonly complete: Locator
  readonly failed: Locator
  readonly cancelled: Locator
  readonly data: Locator
  readonly files: Locator
  readonly took: Locator
  readonly detailsButton: Locator
  readonly workerMessage: Locator
  readonly exitCode: Locator
  readonly startAnotherButton: Locator

  constructor(page: Page) {
    this.complete = page.getByRole('heading', { name: 'Migration complete' })
    this.failed = page.getByRole('heading', { name: 'Migration failed' })
    this.cancelled = page.getByRole('heading', { name: 'Migration cancelled' })
    const value = (name: string): Locator => page.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd')
    this.data = value('Data')
    this.files = value('Files')
    this.took = value('Took')
    this.detailsButton = page.getByRole('button', { name: 'Details' })
    this.workerMessage = value('The worker’s message')
    this.exitCode = value('Exit code')
    this.startAnotherButton = page.getByRole('button', { name: 'Start another migration' })
  }
}
