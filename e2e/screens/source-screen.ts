import type { Locator, Page } from '@playwright/test'

/** What is typed on the first step, for a store of any address. */
export interface SourceEntry {
  readonly endpoint: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly bucket: string
  readonly prefix?: string
}

const CUSTOM = 'Custom endpoint…'

/** Step 1 of 3. */
export class SourceScreen {
  readonly heading: Locator
  readonly provider: Locator
  readonly endpoint: Locator
  readonly region: Locator
  readonly accessKey: Locator
  readonly secretKey: Locator
  readonly bucket: Locator
  readonly prefix: Locator
  readonly checkButton: Locator
  readonly stopButton: Locator
  readonly stopCountingButton: Locator
  readonly permissionsButton: Locator
  readonly continueButton: Locator
  readonly fillDemoButton: Locator
  /** What the check found. */
  readonly findings: Locator
  /** What should happen to archived files; only when there are some. */
  readonly archivedChoice: Locator
  /** What the prefix means, live. */
  readonly copiesLine: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { name: 'Where are the files now?' })
    this.provider = page.getByRole('combobox', { name: 'Provider' })
    this.endpoint = page.getByLabel('Endpoint URL', { exact: true })
    this.region = page.getByLabel('Region', { exact: true })
    this.accessKey = page.getByLabel('Access key', { exact: true })
    this.secretKey = page.getByLabel('Secret key', { exact: true })
    this.bucket = page.getByLabel('Bucket', { exact: true })
    this.prefix = page.getByLabel('Prefix (optional)', { exact: true })
    this.checkButton = page.getByRole('button', { name: 'Check source' })
    this.stopButton = page.getByRole('button', { name: 'Stop', exact: true })
    this.stopCountingButton = page.getByRole('button', { name: 'Stop counting' })
    this.permissionsButton = page.getByRole('button', { name: 'Which permissions?' })
    this.continueButton = page.getByRole('button', { name: 'Continue' })
    this.fillDemoButton = page.getByRole('button', { name: 'Fill in the demo source' })
    this.findings = page.getByRole('region', { name: 'Source check' })
    this.archivedChoice = page.getByRole('radiogroup', { name: 'What should happen to the archived files?' })
    this.copiesLine = page.getByText(/^Copies: /)
  }

  /** @param search what a person would type into the list */
  async chooseProvider(search: string, option: string): Promise<void> {
    // First into view, as a person would: the list closes when the page scrolls.
    await this.provider.click()
    await this.provider.fill(search)
    await this.#page.getByRole('option', { name: option, exact: true }).click()
  }

  /** The facts that stand below a preset. */
  fact(name: 'Endpoint' | 'Region'): Locator {
    return this.#page.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd')
  }

  /** One line of the check, by its exact title. */
  finding(title: string): Locator {
    return this.findings.getByRole('listitem').filter({ has: this.#page.getByText(title, { exact: true }) })
  }

  /** The one click that puts right what a finding or a field says. */
  fix(name: string): Locator {
    return this.#page.getByRole('button', { name, exact: true })
  }

  async chooseForArchived(name: 'Copy the rest and list these' | 'Stop here'): Promise<void> {
    await this.archivedChoice.locator('label', { hasText: name }).click()
  }

  async fill(entry: SourceEntry): Promise<void> {
    // As a person would: a list that already shows the right choice is left alone.
    if ((await this.provider.inputValue()) !== CUSTOM) await this.chooseProvider('custom', CUSTOM)
    await this.endpoint.fill(entry.endpoint)
    await this.accessKey.fill(entry.accessKeyId)
    await this.secretKey.fill(entry.secretAccessKey)
    await this.bucket.fill(entry.bucket)
    await this.prefix.fill(entry.prefix ?? '')
  }

  async check(entry: SourceEntry): Promise<void> {
    await this.fill(entry)
    await this.checkButton.click()
  }

  /** Up to the next step; waits for the check to pass. */
  async pass(entry: SourceEntry): Promise<void> {
    await this.check(entry)
    await this.continueButton.click()
  }
}
