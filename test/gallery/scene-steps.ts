import { expect, type Page } from '@playwright/test'

/** The clicks that some scenes need. */
export async function bringAbout(page: Page, scene: string): Promise<void> {
  if (scene.startsWith('review-') && scene !== 'review-long') {
    await page.getByRole('button', { name: 'Start migration' }).click()
    await page.getByRole('alert').waitFor()
  }
  if (scene === 'current-offline') await page.getByRole('button', { name: 'Cancel migration' }).click()
  if (scene === 'current-copying' || scene === 'failed') {
    const title = scene === 'failed' ? 'Details' : 'Recent activity'
    await page.getByRole('button', { name: title }).click()
    if (scene === 'current-copying') await page.getByRole('listitem').first().waitFor()
    await page.getByRole('button', { name: title }).scrollIntoViewIfNeeded()
  }
  if (scene === 'current-secret-refused') {
    await page.getByLabel('Secret key', { exact: true }).fill('wrong')
    await page.getByRole('button', { name: 'Hand over the secret key' }).click()
    await page.getByRole('alert').waitFor()
  }
  await bringAboutOutcome(page, scene)
  await bringAboutSettings(page, scene)
  if (/^source-(counting|ready|noted|archived.*)$/.test(scene)) {
    await page.getByRole('region', { name: /Source check|archived files/ }).last().evaluate((element) => element.scrollIntoView({ block: 'end' }))
  }
  if (scene === 'review' || scene === 'partial-review') {
    await page.getByRole('checkbox').scrollIntoViewIfNeeded()
  }
  if (scene === 'source-empty') await page.getByRole('combobox', { name: 'Provider' }).press('ArrowDown')
  if (scene === 'source-typed') {
    await page.getByLabel('Secret key', { exact: true }).fill('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
    await page.getByRole('button', { name: 'Which permissions?' }).click()
    await page.getByRole('button', { name: 'Which permissions?' }).scrollIntoViewIfNeeded()
  }
}

async function bringAboutOutcome(page: Page, scene: string): Promise<void> {
  if (scene === 'completed-saved' || scene === 'completed-not-saved') {
    await page.getByRole('button', { name: 'Save report…' }).click()
    if (scene === 'completed-saved') await page.getByRole('button', { name: 'Details' }).click()
    else await page.getByRole('alert').waitFor()
  }
  if (scene === 'exceptions-table') {
    await page.getByRole('row').nth(2).click()
    for (let steps = 0; steps < 2; steps += 1) await page.keyboard.press('ArrowDown')
    await page.getByRole('region', { name: 'Selected file' }).scrollIntoViewIfNeeded()
  }
  if (scene.startsWith('again-')) await bringAboutRunAgain(page, scene)
  if (scene === 'exceptions-retried') {
    await page.getByRole('button', { name: 'Try again' }).press('Enter')
    await expect(page.getByRole('heading', { name: 'Files that are not across' })).toBeFocused()
  }
  if (scene.startsWith('history-')) {
    await page.getByRole('button', { name: 'History' }).click()
    if (scene === 'history-no-match') {
      await page.getByRole('searchbox').fill('100%_photos')
      await page.getByText('No migration has').waitFor()
    }
    if (scene === 'history-many') await page.getByRole('searchbox').press('Tab')
    if (scene === 'history-opened') await page.getByRole('row').nth(1).click()
    if (scene === 'history-last-page') {
      await page.getByRole('button', { name: 'Show more' }).press('Enter')
      // From there it is one step down to the new ones.
      await expect(page.getByRole('row').nth(3)).toBeFocused()
    }
    if (scene === 'history-retried') {
      await page.getByRole('button', { name: 'Try again' }).press('Enter')
      await expect(page.getByRole('heading', { name: 'History' })).toBeFocused()
    }
  }
}

async function bringAboutRunAgain(page: Page, scene: string): Promise<void> {
  const copyFailed = page.getByRole('button', { name: 'Copy what failed' })
  await copyFailed.press('Enter')
  const secret = page.getByLabel('Secret key', { exact: true })
  if (scene === 'again-secret') await page.getByText('Remember in').click()
  if (scene === 'again-locked' || scene === 'again-no-longer-fits') await expect(secret).toBeFocused()
  if (scene.startsWith('again-typed-')) {
    await secret.fill('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
    await secret.press('Enter')
  }
  if (/-(source|stopped|live)$/.test(scene)) await expect(page.getByRole('alert')).toBeFocused()
  if (scene === 'again-typed-called-off') {
    await page.getByRole('button', { name: 'Not now' }).press('Enter')
    await page.locator('body[data-check-stopped]').waitFor()
    await expect(secret).toBeHidden()
    await expect(copyFailed).toBeFocused()
  }
}

async function bringAboutSettings(page: Page, scene: string): Promise<void> {
  if (scene === 'self-hosting') await page.getByRole('button', { name: 'Self-hosted?' }).click()
  if (!scene.startsWith('settings-')) return
  await page.getByRole('button', { name: 'Settings' }).click()
  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).evaluate((element) => element.scrollIntoView())
  if (scene === 'settings-general') await heading('General')
  if (scene === 'settings-refused') {
    await page.getByRole('switch', { name: 'Open at login' }).focus()
    await page.keyboard.press('Space')
    await page.getByRole('alert').waitFor()
  }
  if (/sources|locked/.test(scene)) await heading('Remembered sources')
  if (scene === 'settings-locked') {
    await page.getByRole('button', { name: 'Forget AKIAIOSFODNN7EXAMPLE' }).click()
    await page.getByRole('alert').waitFor()
  }
  if (scene.startsWith('settings-updates')) await heading('Updates')
  if (scene === 'settings-updates-ready') {
    await page.getByRole('button', { name: 'Restart to update' }).click()
    await page.getByRole('alert').waitFor()
  }
  if (scene.startsWith('settings-address')) await heading('Carolina Cloud address')
  if (scene === 'settings-address-refused') {
    await page.getByLabel('API address').fill('https://nowhere.example.org')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
  }
  if (/help|diagnostics|licences/.test(scene)) await heading('Help')
  if (scene === 'settings-diagnostics') {
    await page.getByRole('button', { name: 'Diagnostics report' }).click()
    await page.getByRole('button', { name: 'Save…' }).click()
    await page.getByText('Saved as').waitFor()
    await page.getByText('Saved as').scrollIntoViewIfNeeded()
  }
  if (scene === 'settings-licences') {
    await page.getByRole('button', { name: 'Licences' }).click()
    await page.getByText('React', { exact: false }).first().click()
    await page.getByRole('group').nth(1).scrollIntoViewIfNeeded()
  }
}
