import type { Locator, Page } from '@playwright/test'

/** The places at the left and the account below them. */
export class Rail {
  readonly newMigration: Locator
  readonly current: Locator
  readonly history: Locator
  readonly account: Locator
  readonly signOutButton: Locator

  constructor(page: Page) {
    const places = page.getByRole('navigation', { name: 'Places' })
    this.newMigration = places.getByRole('button', { name: 'New migration' })
    this.current = places.getByRole('button', { name: /^Current/ })
    this.history = places.getByRole('button', { name: 'History' })
    this.account = page.getByRole('region', { name: 'Account' })
    this.signOutButton = this.account.getByRole('button', { name: 'Sign out' })
  }
}
