import type { Locator, Page } from '@playwright/test'

/** Step 2 of 3. */
export class DestinationScreen {
  readonly heading: Locator
  readonly buckets: Locator
  readonly prefix: Locator
  /** The exact place of the first file. */
  readonly landingPlace: Locator
  readonly mirrorAgainButton: Locator
  readonly continueButton: Locator
  readonly backButton: Locator

  constructor(page: Page) {
    this.heading = page.getByRole('heading', { name: 'Where should they go?' })
    this.buckets = page.getByRole('radiogroup', { name: 'Destination bucket' })
    this.prefix = page.getByLabel('Destination prefix (optional)', { exact: true })
    this.landingPlace = page.getByText('The first file lands at').locator('code')
    this.mirrorAgainButton = page.getByRole('button', { name: 'Mirror the source again' })
    this.continueButton = page.getByRole('button', { name: 'Continue' })
    this.backButton = page.getByRole('button', { name: 'Back' })
  }

  /** @param name as the operators called it */
  bucket(name: string): Locator {
    return this.buckets.locator('label', { hasText: name })
  }

  async pass(name: string): Promise<void> {
    await this.bucket(name).click()
    await this.continueButton.click()
  }
}
