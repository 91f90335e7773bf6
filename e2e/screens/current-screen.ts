import type { Locator, Page } from '@playwright/test'

/** The live migration. */
export class CurrentScreen {
  readonly card: Locator
  /** `Calculating total size…`, `Copying`, `Waiting for the source…`, `Comparing 12,000 of 51,002 files…` … */
  readonly phase: Locator
  readonly percent: Locator
  readonly bar: Locator
  /** `1.21 of 3.40 MB · 12 of 51 files` */
  readonly numbers: Locator
  readonly elapsed: Locator
  readonly speed: Locator
  /** `About 12 min left`, `Estimating time left…` */
  readonly remaining: Locator
  /** Named by what it shows. */
  readonly graph: Locator
  /** The same in words, below the picture. */
  readonly graphText: Locator
  /** Why nothing moves, and when it is tried again. */
  readonly waitingNotice: Locator
  readonly cancelButton: Locator
  readonly cancelQuestion: Locator
  readonly keepCopyingButton: Locator
  readonly activityButton: Locator
  readonly activityLines: Locator
  readonly secretRequest: Locator

  constructor(page: Page) {
    this.card = page.getByRole('region', { name: 'Progress' })
    const phases = ['Waiting for', 'Handing', 'Calculating', 'Copying', 'Checking that', 'Comparing', 'Cancelling']
    this.phase = this.card.getByText(new RegExp(`^(${phases.join('|')})`))
    this.percent = this.card.getByText(/^\d+%$/)
    this.bar = this.card.getByRole('progressbar')
    this.numbers = this.card.getByText(/ files?( so far)?$/)
    this.elapsed = valueOf(this.card, 'Elapsed')
    this.speed = valueOf(this.card, 'Speed')
    this.remaining = this.card.getByText(/^(Less than a minute|About .*) left$|^Estimating time left…$/)
    this.graph = this.card.getByRole('img', { name: /^Speed since the start\. / })
    this.graphText = this.card.locator('figcaption')
    this.waitingNotice = page.getByText(/^Carolina Cloud (tries again at \d|is trying again now)/)
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
