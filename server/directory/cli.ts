import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { readDirectoryConfig } from '../config.ts'
import { createDatabase, isDatabaseUnavailable } from '../db/pool.ts'
import { createDirectoryStore } from '../stores/directory-store.ts'
import { type CliPorts, runDirectoryCli } from './cli-run.ts'
import { createCredentialVault } from './credential-vault.ts'
import { createDirectory } from './directory.ts'

class ConfigError extends Error {}

// Entry of the operators' command line: `node server/directory/cli.ts --help`.
const withDirectory: CliPorts['withDirectory'] = async (work) => {
  const config = readDirectoryConfig()
  if (!config.ok) throw new ConfigError(config.error.join('\n'))
  const { databaseUrl, credentialsKey } = config.value
  const database = createDatabase({
    databaseUrl,
    applicationName: 'carolina-migrate directory',
    onIdleError: () => undefined,
  })
  try {
    const store = createDirectoryStore(database)
    return await work(createDirectory({ store, vault: createCredentialVault(credentialsKey), makeId: randomUUID }))
  } finally {
    await database.end()
  }
}

try {
  process.exitCode = await runDirectoryCli(process.argv.slice(2), {
    withDirectory,
    readStandardInput: () => text(process.stdin),
    print: (line) => void process.stdout.write(line),
    printError: (line) => void process.stderr.write(line),
  })
} catch (error) {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`)
  else if (isDatabaseUnavailable(error))
    process.stderr.write('The database cannot be reached; check DATABASE_URL or DATABASE_URL_FILE.\n')
  else throw error
  process.exitCode = 1
}
