import type { Locator, Page } from '@playwright/test'

/** The place `Settings`, and its form for another API address, which the sign-in has as well. */
export class SettingsScreen {
  readonly heading: Locator
  /** The way to it in the rail. */
  readonly place: Locator
  /** One for each remembered source. */
  readonly forgetButtons: Locator
  readonly keepInTray: Locator
  readonly openAtLogin: Locator
  readonly tellCompleted: Locator
  readonly diagnostics: Locator
  readonly licences: Locator
  readonly apiAddress: Locator
  readonly linkProblem: Locator
  /** Where the API key is kept. */
  readonly key: Locator
  readonly tryKeychainAgain: Locator
  readonly updates: Locator
  readonly checkForUpdates: Locator
  readonly restartToUpdate: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { name: 'Settings', exact: true })
    this.place = page.getByRole('button', { name: 'Settings', exact: true })
    this.forgetButtons = page.getByRole('button', { name: /^Forget / })
    this.keepInTray = page.getByRole('switch', { name: 'Stay in the tray when the window is closed' })
    this.openAtLogin = page.getByRole('switch', { name: 'Open at login' })
    this.tellCompleted = page.getByRole('switch', { name: 'A migration is complete' })
    this.diagnostics = page.getByLabel('The report as it will be saved')
    this.licences = page.getByRole('group').filter({ hasText: 'MIT' })
    this.apiAddress = page.getByLabel('API address')
    const settings = page.getByRole('region', { name: 'Settings' })
    this.key = settings.locator('dt', { hasText: /^API key$/ }).locator('xpath=following-sibling::dd')
    this.tryKeychainAgain = settings.getByRole('button', { name: 'Try again' })
    this.updates = page.locator('section section').filter({ has: page.getByRole('heading', { name: 'Updates' }) })
    this.checkForUpdates = this.updates.getByRole('button', { name: 'Check now' })
    this.restartToUpdate = this.updates.getByRole('button', { name: 'Restart to update' })
    this.linkProblem = page.getByRole('status').filter({ hasText: 'The migration could not be opened.' })
  }

  async open(): Promise<void> {
    await this.place.click()
  }

  async unfold(name: 'Diagnostics report' | 'Licences' | 'Self-hosted?'): Promise<void> {
    await this.#page.getByRole('button', { name }).click()
  }

  appearance(name: 'System' | 'Light' | 'Dark'): Locator {
    return this.#page.getByRole('radio', { name })
  }

  async chooseAppearance(name: 'System' | 'Light' | 'Dark'): Promise<void> {
    await this.#page.getByText(name, { exact: true }).click()
  }

  /** As the page's styles see it. */
  async isDark(): Promise<boolean> {
    // The test driver would otherwise hold every page to its own idea of the system's theme.
    await this.#page.emulateMedia({ colorScheme: null })
    return await this.#page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
  }

  async toggle(control: Locator): Promise<void> {
    await control.focus()
    await this.#page.keyboard.press('Space')
  }

  async useApiAddress(origin: string): Promise<void> {
    await this.apiAddress.fill(origin)
    await this.#page.getByRole('button', { name: 'Use this address' }).click()
  }
}
