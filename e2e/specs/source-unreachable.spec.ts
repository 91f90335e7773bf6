import { type FaultServer, startHttpFault, startSilentServer } from '../../test/integration/app/fakes/fault-servers.ts'
import { isBlockedBy } from '../support/blocked-source.ts'
import { expect, test } from '../support/fixtures.ts'
import { PHOTOS } from '../support/sample-data.ts'
import { startTlsStore } from '../support/tls-store.ts'

// E9: no store answers. Each cause is a real server, or a real want of one.

const closing: (() => Promise<void>)[] = []
test.afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

function keep<T extends Pick<FaultServer, 'stop'>>(server: T): T {
  closing.push(() => server.stop())
  return server
}

test('E9: refused, unknown, offline, a web page, another service: each is told apart', async ({ signedIn, stack, account }) => {
  const { source } = signedIn.screens
  const good = stack.entry(PHOTOS)
  const gone = await startHttpFault(() => undefined)
  await gone.stop()
  await source.check({ ...good, endpoint: `http://${gone.authority}` })
  await isBlockedBy(source, 'The endpoint refused the connection', `Nothing answers at ${gone.authority}.`)

  // A label of more than 63 letters has no address anywhere, whoever resolves it.
  const host = `${'s'.repeat(64)}.example.com`
  await source.endpoint.fill(`https://${host}`)
  await source.checkButton.click()
  await isBlockedBy(source, 'The endpoint’s address does not exist', `No server is known as ${host}.`)

  // What the system says of its network is the one thing that cannot be brought about here.
  await signedIn.electron.evaluate(({ net }) => Object.defineProperty(net, 'isOnline', { value: () => false, configurable: true }))
  await source.checkButton.click()
  await isBlockedBy(source, 'This computer is offline', 'Connect to the internet, then check again.')

  const page = keep(await startHttpFault((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>')))
  await source.endpoint.fill(`http://${page.authority}`)
  await source.checkButton.click()
  await isBlockedBy(source, 'This address is not an S3 endpoint', 'A web page came back')

  await source.endpoint.fill(stack.apiOrigin)
  await source.checkButton.click()
  await isBlockedBy(source, 'This address is not an S3 endpoint', 'JSON came back')
  expect(await account.migrations()).toEqual([])

  await source.endpoint.fill(good.endpoint)
  await source.checkButton.click()
  await expect(source.continueButton).toBeVisible()
})

test('E9: https at a store without it: one click goes on without encryption', async ({ signedIn, stack, account }) => {
  const { source } = signedIn.screens
  const { endpoint } = stack.source
  await source.check({ ...stack.entry(PHOTOS), endpoint: endpoint.replace('http:', 'https:') })
  await isBlockedBy(source, 'The endpoint does not speak https', 'It answered without encryption.')
  expect(await account.migrations()).toEqual([])
  await source.fix(`Use ${endpoint}`).click()
  await expect(source.continueButton).toBeVisible()
  await expect(source.endpoint).toHaveValue(endpoint)
})

test('E9: http at a store that speaks only https: one click; its certificate, which nobody trusts, is told next', async ({
  signedIn, stack, account,
}) => {
  const { source } = signedIn.screens
  const { authority } = keep(await startTlsStore(stack.privateFolder))
  await source.check({ ...stack.entry(PHOTOS), endpoint: `http://${authority}` })
  await isBlockedBy(source, 'The endpoint speaks only https', 'refused a request without encryption')
  await source.fix(`Use https://${authority}`).click()
  await isBlockedBy(source, 'The endpoint’s certificate is not trusted', 'So nothing was sent to it.')
  await expect(source.endpoint).toHaveValue(`https://${authority}`)
  expect(await account.migrations()).toEqual([])
})

test('E9: a host that takes the connection and says nothing is not waited for longer than ten seconds', async ({ signedIn, stack, account }) => {
  const { source } = signedIn.screens
  const { authority } = keep(await startSilentServer())
  await source.check({ ...stack.entry(PHOTOS), endpoint: `http://${authority}` })
  await expect(source.finding('The endpoint did not answer in time')).toBeVisible({ timeout: 14_000 })
  await isBlockedBy(source, 'The endpoint did not answer in time', `There was no answer from ${authority} within 10 seconds.`)
  expect(await account.migrations()).toEqual([])
})
