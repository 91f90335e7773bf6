import type { Locator, Page } from '@playwright/test'

export class SignInScreen {
  readonly heading: Locator
  readonly apiKey: Locator
  readonly signInButton: Locator
  readonly demoButton: Locator
  /** The refusal, read out at once. */
  readonly refusal: Locator
  /** The keychain once more. */
  readonly tryAgainButton: Locator
  /** While the keychain is waited for at the start. */
  readonly insteadButton: Locator
  /** Once signed in, where the key could not be kept. */
  readonly keptUntilQuit: Locator

  constructor(page: Page) {
    this.heading = page.getByRole('heading', { name: 'Sign in to Carolina Cloud' })
    this.apiKey = page.getByLabel('API key', { exact: true })
    this.signInButton = page.getByRole('button', { name: 'Sign in', exact: true })
    this.demoButton = page.getByRole('button', { name: 'Use the demo account' })
    this.refusal = page.getByRole('alert')
    this.tryAgainButton = page.getByRole('button', { name: 'Try again' })
    this.insteadButton = page.getByRole('button', { name: 'Sign in with an API key instead' })
    this.keptUntilQuit = page.getByRole('status').filter({ hasText: 'You are signed in only until the app quits.' })
  }

  async signIn(apiKey: string): Promise<void> {
    await this.apiKey.fill(apiKey)
    await this.signInButton.click()
  }
}
