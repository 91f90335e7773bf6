import type { Locator, Page } from '@playwright/test'

/** Step 3 of 3. */
export class ReviewScreen {
  readonly heading: Locator
  /** One sentence of what will be copied from where to where. */
  readonly sentence: Locator
  /** One line for each thing that stays behind. */
  readonly notCopied: Locator
  readonly policies: Locator
  /** `Remember this secret key in …` */
  readonly rememberBox: Locator
  readonly startButton: Locator
  readonly backButton: Locator
  readonly refusal: Locator
  readonly watchLiveButton: Locator
  readonly cancelLiveButton: Locator

  constructor(page: Page) {
    this.heading = page.getByRole('heading', { name: 'Ready to start' })
    this.sentence = page.getByText(/^Carolina Cloud will copy /)
    const notCopied = page.locator('dt', { hasText: /^Not copied$/ }).locator('xpath=following-sibling::dd')
    this.notCopied = notCopied.getByRole('listitem')
    this.policies = page.getByRole('radiogroup', { name: 'Files that are already at the destination' })
    this.rememberBox = page.getByRole('checkbox', { name: /^Remember this secret key in / })
    this.startButton = page.getByRole('button', { name: 'Start migration' })
    this.backButton = page.getByRole('button', { name: 'Back' })
    this.refusal = page.getByRole('alert')
    this.cancelLiveButton = page.getByRole('button', { name: 'Cancel the live one…' })
    this.watchLiveButton = page.getByRole('button', { name: 'Watch the live one' })
  }

  async choosePolicy(name: 'Replace files that differ' | 'Never overwrite'): Promise<void> {
    await this.policies.locator('label', { hasText: name }).click()
  }

  async rememberSecret(): Promise<void> {
    await this.rememberBox.locator('xpath=ancestor::label').click()
  }
}
