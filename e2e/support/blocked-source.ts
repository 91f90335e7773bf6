import { expect, type Locator } from '@playwright/test'
import type { SourceScreen } from '../screens/source-screen.ts'

/** The check has ended with this finding, by its exact title, and does not let anyone go on. */
export async function isBlockedBy(source: SourceScreen, title: string, text: string | RegExp): Promise<Locator> {
  const finding = source.finding(title)
  await expect(finding).toContainText(text)
  await expect(source.findings).toContainText('The source is not ready yet.')
  await expect(source.continueButton).toBeHidden()
  return finding
}
