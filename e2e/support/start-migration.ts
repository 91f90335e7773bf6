import type { Screens } from '../screens/screens.ts'
import type { SourceEntry } from '../screens/source-screen.ts'
import type { TestAccount } from './test-account.ts'

/** Through the wizard up to the live migration. */
export async function startMigration(screens: Screens, entry: SourceEntry, account: TestAccount): Promise<void> {
  await screens.source.pass(entry)
  await screens.destination.pass(account.bucketName)
  await screens.review.startButton.click()
}

/** The same, and until bytes have arrived. */
export async function startCopying(screens: Screens, entry: SourceEntry, account: TestAccount): Promise<void> {
  await startMigration(screens, entry, account)
  await screens.current.percent.waitFor()
}
