import type { Locator, Page } from '@playwright/test'

export class SignInScreen {
  readonly heading: Locator
  readonly apiKey: Locator
  readonly signInButton: Locator
  readonly demoButton: Locator
  /** The refusal, read out at once. */
  readonly refusal: Locator

  constructor(page: Page) {
    this.heading = page.getByRole('heading', { name: 'Sign in to Carolina Cloud' })
    this.apiKey = page.getByLabel('API key', { exact: true })
    this.signInButton = page.getByRole('button', { name: 'Sign in', exact: true })
    this.demoButton = page.getByRole('button', { name: 'Use the demo account' })
    this.refusal = page.getByRole('alert')
  }

  async signIn(apiKey: string): Promise<void> {
    await this.apiKey.fill(apiKey)
    await this.signInButton.click()
  }
}
