import { postgresFolderOf } from '../../scripts/local-stack/private-file.ts'
import { expect, test } from '../support/fixtures.ts'
import { scanDatabase, scanFolder, scanProcesses } from '../support/leak-scan.ts'
import { NOTES } from '../support/sample-data.ts'
import { startCopying } from '../support/start-migration.ts'

test('the secrets are in no process, file, log or table, while it runs or afterwards (S9, B1)', async ({
  signedIn,
  stack,
  account,
  places,
}) => {
  const secrets = {
    'source secret': stack.source.secretAccessKey,
    'API key': account.apiKey,
    'destination secret': stack.carolina.secretAccessKey,
  }
  await startCopying(signedIn.screens, stack.entry(NOTES), account)
  expect(await scanProcesses(secrets)).toEqual([])
  await expect(signedIn.screens.outcome.complete).toBeVisible({ timeout: 30_000 })
  await signedIn.quit()

  expect(await scanProcesses(secrets)).toEqual([])
  expect(await scanFolder(places.userDataFolder, secrets)).toEqual([])
  // Logs, sockets and data of API, worker and both stores; then PostgreSQL's own files, its write-ahead log too.
  expect(await scanFolder(stack.privateFolder, secrets)).toEqual([])
  expect(await scanFolder(postgresFolderOf(stack.privateFolder), secrets)).toEqual([])
  const database = await scanDatabase(stack.databaseUrl.reveal(), secrets)
  expect(database.leaks).toEqual([])
  expect(database.rows).toBeGreaterThan(0)
})

test('the scan itself finds what is there (proof of the scan)', async ({ stack, account }) => {
  const secrets = { 'e-mail': account.email, 'log line': '"listening"' }
  expect((await scanDatabase(stack.databaseUrl.reveal(), secrets)).leaks).toContain('table accounts: e-mail')
  expect(await scanFolder(stack.privateFolder, secrets)).toContainEqual(expect.stringMatching(/api\.log: log line$/))
  expect(await scanProcesses({ program: 'server/api/index.ts' })).toContainEqual(expect.stringMatching(/cmdline: program$/))
})
