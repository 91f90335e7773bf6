import type { Locator, Page } from '@playwright/test'

/** All migrations of the account, newest first. */
export class HistoryScreen {
  readonly heading: Locator
  readonly rows: Locator
  readonly search: Locator
  readonly backButton: Locator
  /** Where nothing was migrated yet. */
  readonly firstMigrationButton: Locator
  readonly showMore: Locator
  readonly refusal: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { name: 'History', exact: true })
    this.rows = page.getByRole('grid', { name: 'History' }).getByRole('row')
    this.search = page.getByRole('searchbox', { name: 'Search by bucket' })
    this.showMore = page.getByRole('button', { name: 'Show more' })
    this.refusal = page.getByRole('alert')
    this.firstMigrationButton = page.getByRole('button', { name: 'Start a migration' })
    this.backButton = page.getByRole('button', { name: 'Back to history' })
  }

  row(bucket: string): Locator {
    return this.rows.filter({ hasText: bucket })
  }

  noMatch(search: string): Locator {
    return this.#page.getByText(`No migration has “${search}” in its buckets.`)
  }
}
