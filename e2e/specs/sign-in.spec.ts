import { readKeychain } from '../support/keychain.ts'
import { expect, test } from '../support/fixtures.ts'

test('a wrong key is refused and nothing is stored (E10, card)', async ({ app, stack }) => {
  const { signIn } = app.screens
  await signIn.signIn('cc_live_0000000000000000000000000000000000000000')
  await expect(signIn.refusal).toContainText('Carolina Cloud does not accept this API key.')
  await expect(signIn.heading).toBeVisible()
  expect(await readKeychain(stack.apiOrigin)).toBeNull()
})

test('a key with a space in it is told apart before anything is sent (E10)', async ({ app }) => {
  const { signIn } = app.screens
  await signIn.signIn('cc_live with space')
  await expect(app.page.getByText('The API key has a space in it')).toBeVisible()
  await app.page.getByRole('button', { name: 'Remove spaces' }).click()
  await expect(signIn.apiKey).toHaveValue('cc_livewithspace')
})

test('the right key is verified and kept in the keychain, until sign out (card)', async ({ app, account, stack }) => {
  const { signIn, rail, source } = app.screens
  await signIn.signIn(account.apiKey)
  await expect(source.heading).toBeVisible()
  await expect(rail.account).toContainText(account.email)
  expect(await readKeychain(stack.apiOrigin)).toBe(account.apiKey)

  await rail.signOutButton.click()
  await expect(signIn.heading).toBeVisible()
  await expect.poll(() => readKeychain(stack.apiOrigin)).toBeNull()
  await expect(signIn.apiKey).toHaveValue('')
})

test('after a restart the kept key signs in by itself (card)', async ({ signedIn, start }) => {
  await signedIn.quit()
  const again = await start()
  await expect(again.screens.source.heading).toBeVisible()
})
