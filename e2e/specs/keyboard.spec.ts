import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { ARCHIVE } from '../support/sample-data.ts'

const MAX_TABS = 15

/** Goes on with Tab until it is there, as a person does; never by a click or by script. */
async function tabTo(page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let tabs = 0; tabs < MAX_TABS; tabs++) {
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press(key)
  }
  await expect(wanted).toBeFocused()
}

test('everything can be done by keyboard alone: sign in, wizard, cancel, sign out (B13)', async ({ app, stack, account }) => {
  const { page, screens } = app
  const { signIn, source, destination, review, current, outcome, rail } = screens
  const { keyboard } = page
  const entry = stack.entry(ARCHIVE)

  await test.step('sign in', async () => {
    await expect(signIn.apiKey).toBeFocused()
    await keyboard.type(account.apiKey)
    await keyboard.press('Enter')
    await expect(source.heading).toBeFocused()
  })

  await test.step('source', async () => {
    await tabTo(page, source.provider)
    await keyboard.type('custom')
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    for (const [field, text] of [
      [source.endpoint, entry.endpoint],
      [source.accessKey, entry.accessKeyId],
      [source.secretKey, 'wrong-secret'],
      [source.bucket, entry.bucket],
    ] as const) {
      await tabTo(page, field)
      await keyboard.type(text)
    }
    await keyboard.press('Enter')
    await expect(source.findings).toBeFocused()
    await expect(source.findings).toContainText('SignatureDoesNotMatch')
    await tabTo(page, source.secretKey, 'Shift+Tab')
    await keyboard.press('ControlOrMeta+A')
    await keyboard.type(entry.secretAccessKey)
    await keyboard.press('Enter')
    await expect(source.continueButton).toBeVisible()
    await expect(source.secretKey).toBeFocused()
    await keyboard.press('Enter')
    await expect(destination.heading).toBeFocused()
  })

  await test.step('destination', async () => {
    const radio = destination.buckets.getByRole('radio')
    await expect(radio).toBeChecked()
    await tabTo(page, radio)
    await tabTo(page, destination.prefix)
    await keyboard.type('by-keyboard/')
    await tabTo(page, destination.continueButton)
    await keyboard.press('Enter')
    await expect(review.heading).toBeFocused()
  })

  await test.step('review, and back without losing anything', async () => {
    await tabTo(page, review.backButton)
    await keyboard.press('Space')
    await expect(destination.heading).toBeFocused()
    await expect(destination.prefix).toHaveValue('by-keyboard/')
    await tabTo(page, destination.continueButton)
    await keyboard.press('Space')
    await tabTo(page, review.startButton)
    await keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: `${ARCHIVE} to ${account.bucketName}` })).toBeFocused()
  })

  await test.step('look at the log, cancel', async () => {
    await current.percent.waitFor()
    await tabTo(page, current.activityButton)
    await keyboard.press('Enter')
    await expect(current.activityLines.first()).toBeInViewport()
    await tabTo(page, current.cancelButton)
    await keyboard.press('Enter')
    await expect(current.keepCopyingButton).toBeFocused()
    await keyboard.press('Escape')
    await expect(current.cancelQuestion).toBeHidden()
    await expect(current.cancelButton).toBeFocused()
    await keyboard.press('Enter')
    await tabTo(page, current.cancelQuestion.getByRole('button', { name: 'Cancel migration' }))
    await keyboard.press('Enter')
    await expect(outcome.cancelled).toBeFocused()
  })

  await test.step('start another, sign out', async () => {
    await tabTo(page, outcome.startAnotherButton)
    await keyboard.press('Enter')
    await expect(source.heading).toBeFocused()
    await tabTo(page, rail.signOutButton, 'Shift+Tab')
    await keyboard.press('Enter')
    await expect(signIn.apiKey).toBeFocused()
  })
})
