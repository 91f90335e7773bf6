import { randomBytes, randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HEARTBEAT_MS } from '#shared/contract/events.ts'
import type { Result } from '#shared/domain/result.ts'
import { Secret } from '#shared/domain/secret.ts'
import { DEFAULT_CAP_BYTES_PER_SECOND } from '#shared/domain/units.ts'
import { startApi } from '../../server/api/api-service.ts'
import { defaultRateLimits, type RateLimits } from '../../server/api/rate-limits.ts'
import { createDatabase, type Database } from '../../server/db/pool.ts'
import { createCredentialVault } from '../../server/directory/credential-vault.ts'
import { createDirectory, type Directory } from '../../server/directory/directory.ts'
import { createLogger } from '../../server/logger.ts'
import { createDirectoryStore } from '../../server/stores/directory-store.ts'
import { createTestDatabase, type TestDatabase } from './postgres.ts'

/** Where the seeded buckets are; by default nowhere. */
export interface DestinationEndpoint {
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export interface TestApiOptions {
  readonly destination?: DestinationEndpoint
  readonly rateLimits?: Partial<RateLimits>
  readonly heartbeatMs?: number
  /** True by default: sources of tests are on loopback. */
  readonly isPrivateEndpointAllowed?: boolean
  readonly capBytesPerSecond?: number
}

export interface SeededAccount {
  readonly id: string
  readonly email: string
  readonly key: Secret
  /** Id of the account's personal bucket. */
  readonly personalBucketId: string
}

export interface TestApi {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  readonly port: number
  /** Owner, admin and member of one organisation ("Pine Labs"); the outsider belongs to none. */
  readonly accounts: Readonly<Record<'owner' | 'admin' | 'member' | 'outsider', SeededAccount>>
  readonly organisationBucketId: string
  readonly projectBucketId: string
  readonly testDatabase: TestDatabase
  /** Connections of the test itself. */
  readonly database: Database
  readonly directory: Directory
  /** For a worker beside the API. */
  readonly credentialsKeyFile: string
  /** All that the API has logged. */
  logText(): string
  /** Another API over the same database (B15); ended by `stop` as well. */
  startAnother(): Promise<string>
  stop(): Promise<void>
}

const nowhere: DestinationEndpoint = {
  endpoint: 'https://s3.us-east-1.wasabisys.com',
  region: 'us-east-1',
  bucket: 'carolina-test',
  accessKeyId: 'DESTINATIONKEY',
  secretAccessKey: 'destination-secret',
}

/** Starts the API in this process over a fresh, seeded database. */
export async function startTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const testDatabase = await createTestDatabase()
  const database = createDatabase({
    databaseUrl: testDatabase.url,
    applicationName: 'test',
    onIdleError: () => undefined,
  })
  const credentialsKey = randomBytes(32).toString('base64')
  const credentialsKeyFile = join(tmpdir(), `credentials-${randomUUID()}.key`)
  await writeFile(credentialsKeyFile, credentialsKey, { mode: 0o600 })
  const directory = createDirectory({
    store: createDirectoryStore(database),
    vault: createCredentialVault(Secret.of(credentialsKey)),
    makeId: randomUUID,
  })
  const seeded = await seed(directory, options.destination ?? nowhere)

  let logText = ''
  const logger = createLogger('info', { write: (line) => void (logText += line) }, {})
  const startOne = () =>
    startApi(
      {
        databaseUrl: testDatabase.url,
        host: '127.0.0.1',
        port: 0,
        trustedProxies: 0,
        capBytesPerSecond: options.capBytesPerSecond ?? DEFAULT_CAP_BYTES_PER_SECOND,
        heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS,
        isPrivateEndpointAllowed: options.isPrivateEndpointAllowed ?? true,
        logLevel: 'info',
      },
      logger,
      { ...defaultRateLimits, ...options.rateLimits },
    )
  const services = [await startOne()]
  const port = services[0]?.port ?? 0
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    port,
    ...seeded,
    testDatabase,
    database,
    directory,
    credentialsKeyFile,
    logText: () => logText,
    startAnother: async () => {
      const another = await startOne()
      services.push(another)
      return `http://127.0.0.1:${String(another.port)}`
    },
    stop: async () => {
      await Promise.all(services.map((service) => service.stop()))
      await database.end()
      await rm(credentialsKeyFile, { force: true })
      await testDatabase.drop()
    },
  }
}

async function seed(directory: Directory, destination: DestinationEndpoint) {
  const account = async (name: string): Promise<SeededAccount> => {
    const email = `${name}@example.com`
    const { id } = expectOk(await directory.addAccount(email))
    const { key } = expectOk(await directory.addKey(email, 'test'))
    return { id, email, key, personalBucketId: await bucket('personal', email, `My Storage (${name})`) }
  }
  const bucket = async (
    scope: 'personal' | 'organisation' | 'project',
    owner: string,
    name: string,
  ): Promise<string> => {
    const { secretAccessKey, ...place } = destination
    return expectOk(await directory.addBucket({ ...place, scope, owner, name }, Secret.of(secretAccessKey))).id
  }
  const [owner, admin, member, outsider] = [
    await account('owner'),
    await account('admin'),
    await account('member'),
    await account('outsider'),
  ]
  expectOk(await directory.addOrganisation('Pine Labs', owner.email))
  expectOk(await directory.addMember('Pine Labs', admin.email, 'admin'))
  expectOk(await directory.addMember('Pine Labs', member.email, 'member'))
  return {
    accounts: { owner, admin, member, outsider },
    organisationBucketId: await bucket('organisation', 'Pine Labs', 'Pine Labs Storage'),
    projectBucketId: await bucket('project', 'Pine Labs', 'Genome project'),
  }
}

function expectOk<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`seeding failed: ${JSON.stringify(result.error)}`)
  return result.value
}
