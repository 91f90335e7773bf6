import { SettingsScreen } from '../screens/settings-screen.ts'
import { expect, test } from '../support/fixtures.ts'
import { tabAround, tabTo } from '../support/keyboard.ts'
import { PHOTOS } from '../support/sample-data.ts'

test('history and settings by keyboard alone: every control is met, seen and works (B6, B7, B13)', async ({ signedIn, stack, account }) => {
  const { page, screens } = signedIn
  const { source, destination, review, outcome, history, rail, signIn } = screens
  const { keyboard } = page
  const settings = new SettingsScreen(page)

  await test.step('a migration to look back at, its secret remembered', async () => {
    await source.pass(stack.entry(PHOTOS))
    await destination.pass(account.bucketName)
    await review.rememberSecret()
    await review.startButton.press('Enter')
    await expect(outcome.complete).toBeFocused({ timeout: 30_000 })
    await tabAround(page)
  })

  await test.step('history', async () => {
    await tabTo(page, rail.history)
    await keyboard.press('Enter')
    await expect(history.heading).toBeFocused()
    await tabTo(page, history.search)
    await keyboard.type('photo')
    await expect(history.row(PHOTOS)).toBeVisible()
    await tabAround(page)
    await tabTo(page, history.row(PHOTOS))
    await keyboard.press('Enter')
    await expect(outcome.complete).toBeFocused()
    await tabTo(page, history.backButton, 'Shift+Tab')
    await keyboard.press('Enter')
    await expect(history.row(PHOTOS)).toBeFocused()
  })

  await test.step('settings', async () => {
    await tabTo(page, settings.place, 'Shift+Tab')
    await keyboard.press('Enter')
    await expect(settings.heading).toBeFocused()
    await tabTo(page, settings.appearance('System'))
    await keyboard.press('ArrowRight')
    await expect(settings.appearance('Light')).toBeChecked()
    await tabTo(page, settings.keepInTray)
    await keyboard.press('Space')
    await expect(settings.keepInTray).not.toBeChecked()
    await tabTo(page, settings.tellCompleted)
    await keyboard.press('Space')
    await expect(settings.tellCompleted).not.toBeChecked()
    await tabTo(page, settings.forgetButtons.first())
    await keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Remembered sources' })).toBeFocused()
    await expect(settings.forgetButtons).toHaveCount(0)
  })

  await test.step('help', async () => {
    for (const [name, content] of [
      ['Diagnostics report', settings.diagnostics],
      ['Licences', settings.licences.first()],
    ] as const) {
      await tabTo(page, page.getByRole('button', { name }))
      await keyboard.press('Enter')
      await expect(content).toBeVisible()
    }
    // Hundreds of licences are a round of their own.
    await keyboard.press('Enter')
    await expect(settings.licences.first()).toBeHidden()
    await tabAround(page)
  })

  await test.step('sign out', async () => {
    await tabTo(page, rail.signOutButton)
    await keyboard.press('Enter')
    await expect(signIn.apiKey).toBeFocused()
    await tabAround(page)
  })
})
