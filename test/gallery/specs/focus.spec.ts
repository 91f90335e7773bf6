import { expect, test } from './fixtures.ts'

test('a notice that is put away leaves the focus to the screen’s heading (B13)', async ({ gallery: { page, addressOf } }) => {
  await page.goto(addressOf('kept-until-quit'))
  const dismiss = page.getByRole('button', { name: 'Dismiss' })
  await dismiss.press('Enter')
  await expect(dismiss).toBeHidden()
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})

test('a focus that was given up, or is elsewhere, stays where it is (B13)', async ({ gallery: { page, addressOf } }) => {
  await page.goto(addressOf('kept-until-quit'))
  const bucket = page.getByLabel('Bucket', { exact: true })
  await bucket.focus()
  const dismiss = page.getByRole('button', { name: 'Dismiss' })
  // Not by the pointer, which would take the focus with it.
  await dismiss.dispatchEvent('click')
  await expect(dismiss).toBeHidden()
  await expect(bucket).toBeFocused()
})

test('a button that vanishes by its own work hands the focus to what it changed (B13)', async ({ gallery: { page, addressOf } }) => {
  await page.goto(addressOf('destination-edited'))
  await page.getByRole('button', { name: 'Mirror the source again' }).press('Enter')
  await expect(page.getByLabel('Destination prefix (optional)')).toBeFocused()
})
