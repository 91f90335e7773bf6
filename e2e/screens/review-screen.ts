import type { Locator, Page } from '@playwright/test'

/** Step 3 of 3. */
export class ReviewScreen {
  readonly heading: Locator
  /** One sentence of what will be copied from where to where. */
  readonly sentence: Locator
  readonly startButton: Locator
  readonly backButton: Locator
  readonly refusal: Locator
  readonly watchLiveButton: Locator

  constructor(page: Page) {
    this.heading = page.getByRole('heading', { name: 'Ready to start' })
    this.sentence = page.getByText(/^Carolina Cloud will copy /)
    this.startButton = page.getByRole('button', { name: 'Start migration' })
    this.backButton = page.getByRole('button', { name: 'Back' })
    this.refusal = page.getByRole('alert')
    this.watchLiveButton = page.getByRole('button', { name: 'Watch the live one' })
  }
}
