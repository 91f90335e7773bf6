import type { Locator, Page } from '@playwright/test'

/** The live migration. */
export class CurrentScreen {
  readonly card: Locator
  /** `Calculating total size…`, `Copying` … */
  readonly phase: Locator
  readonly percent: Locator
  readonly bar: Locator
  /** `1.21 of 3.40 MB · 12 of 51 files` */
  readonly numbers: Locator
  readonly elapsed: Locator
  readonly speed: Locator
  readonly cancelButton: Locator
  readonly cancelQuestion: Locator
  readonly keepCopyingButton: Locator
  readonly activityButton: Locator
  readonly activityLines: Locator
  readonly secretRequest: Locator

  constructor(page: Page) {
    this.card = page.getByRole('region', { name: 'Progress' })
    this.phase = this.card.getByText(/^(Waiting for|Handing|Calculating total size…|Copying|Checking that|Cancelling)/)
    this.percent = this.card.getByText(/^\d+%$/)
    this.bar = this.card.getByRole('progressbar')
    this.numbers = this.card.getByText(/ files?( so far)?$/)
    this.elapsed = valueOf(this.card, 'Elapsed')
    this.speed = valueOf(this.card, 'Speed')
    this.cancelButton = page.getByRole('button', { name: 'Cancel migration' })
    this.cancelQuestion = page.getByRole('alertdialog', { name: 'Cancel this migration?' })
    this.keepCopyingButton = this.cancelQuestion.getByRole('button', { name: 'Keep copying' })
    this.activityButton = page.getByRole('button', { name: 'Recent activity' })
    this.activityLines = page.getByRole('list', { name: 'Recent activity' }).getByRole('listitem')
    this.secretRequest = page.getByText('Please give the secret key once more')
  }

  /** Asks, and confirms in the question. */
  async cancel(): Promise<void> {
    await this.cancelButton.click()
    await this.cancelQuestion.getByRole('button', { name: 'Cancel migration' }).click()
  }

  async percentNow(): Promise<number> {
    return Number.parseInt(await this.percent.innerText(), 10)
  }
}

function valueOf(card: Locator, name: string): Locator {
  return card.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd')
}
