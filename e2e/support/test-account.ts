import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Secret } from '#shared/domain/secret.ts'
import { forEachAtOnce } from '../../scripts/demo/for-each-at-once.ts'
import type { LocalStack } from '../../scripts/local-stack/local-stack.ts'
import { defaultRateLimits } from '../../server/api/rate-limits.ts'
import { createDatabase } from '../../server/db/pool.ts'
import { createCredentialVault } from '../../server/directory/credential-vault.ts'
import { createDirectory, type Directory } from '../../server/directory/directory.ts'
import { createDirectoryStore } from '../../server/stores/directory-store.ts'

const REQUESTS_AT_ONCE = 24

interface ListedMigration {
  readonly id: string
  readonly finishedAt: string | null
}

export interface TestAccount {
  readonly email: string
  readonly apiKey: string
  /** By which the operators revoke the API key. */
  readonly keyId: string
  /** What the destination card is called, and the bucket behind it. */
  readonly bucketName: string
  readonly bucket: string
  /** Leaves no copy running into the next test. */
  cancelLive(): Promise<void>
  /** E10: makes the API's limit for this key. */
  useUpRequests(): Promise<void>
  /** As the API lists them, whatever became of them. */
  migrations(): Promise<readonly ListedMigration[]>
}

/** The operators' directory without its command line, which would cost each test two seconds. */
export async function openDirectory(stack: LocalStack): Promise<{ directory: Directory; close: () => Promise<void> }> {
  const database = createDatabase({ databaseUrl: stack.databaseUrl, applicationName: 'e2e', onIdleError: () => undefined })
  const key = Secret.of((await readFile(stack.credentialsKeyFile, 'utf8')).trim())
  const directory = createDirectory({ store: createDirectoryStore(database), vault: createCredentialVault(key), makeId: randomUUID })
  return { directory, close: () => database.end() }
}

/** A new account with one personal bucket. */
export async function createTestAccount(stack: LocalStack, directory: Directory): Promise<TestAccount> {
  const id = randomUUID().slice(0, 8)
  const email = `person-${id}@example.com`
  const [bucket, bucketName] = [`storage-${id}`, 'My Storage']
  const { endpoint, accessKeyId, secretAccessKey } = stack.carolina
  const account = await directory.addAccount(email)
  const key = await directory.addKey(email, 'e2e')
  const place = { scope: 'personal' as const, owner: email, name: bucketName, bucket, endpoint, region: 'us-east-1', accessKeyId }
  const added = await directory.addBucket(place, Secret.of(secretAccessKey))
  if (!account.ok || !key.ok || !added.ok) throw new Error('the test account could not be made')
  const apiKey = key.value.key.reveal()
  return {
    ...{ email, apiKey, keyId: key.value.id, bucketName, bucket },
    cancelLive: () => cancelLive(stack.apiOrigin, apiKey),
    useUpRequests: async () => {
      const requests = Array.from({ length: defaultRateLimits.requestsPerMinutePerKey }, (_, i) => i)
      await forEachAtOnce(requests, REQUESTS_AT_ONCE, async () => {
        await listMigrations(stack.apiOrigin, apiKey)
      })
    },
    migrations: async () => (await listMigrations(stack.apiOrigin, apiKey)) ?? [],
  }
}

async function cancelLive(apiOrigin: string, apiKey: string): Promise<void> {
  const migrations = await listMigrations(apiOrigin, apiKey)
  const live = migrations?.find(({ finishedAt }) => finishedAt === null)
  if (live !== undefined) await fetch(`${apiOrigin}/v1/migrations/${live.id}/cancel`, { method: 'POST', headers: headersFor(apiKey) })
}

/** Null: the key is not accepted any more. */
async function listMigrations(apiOrigin: string, apiKey: string): Promise<readonly ListedMigration[] | null> {
  const answer = await fetch(`${apiOrigin}/v1/migrations`, { headers: headersFor(apiKey) })
  return answer.ok ? ((await answer.json()) as { migrations: ListedMigration[] }).migrations : null
}

const headersFor = (apiKey: string) => ({ authorization: `Bearer ${apiKey}` })
