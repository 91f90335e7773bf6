import { S3Client } from '@aws-sdk/client-s3'
import { randomUUID } from 'node:crypto'
import { expect, vi } from 'vitest'
import type { CreateMigrationInput } from '#shared/contract/create-migration.ts'
import type { LogLine, MigrationView, ObjectException } from '#shared/contract/schemas.ts'
import { isTerminal, type MigrationState } from '#shared/domain/migration-state.ts'
import type { Comparison, ExistingPolicy, ObjectOutcome, ObjectReason } from '#shared/domain/object-outcome.ts'
import { Secret } from '#shared/domain/secret.ts'
import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import { sealSourceSecret } from '../../../../src/main/secrets/seal-source-secret.ts'
import { createMigrationLogStore } from '../../../../server/stores/migration-log-store.ts'
import { createMigrationStore } from '../../../../server/stores/migration-store.ts'
import { type SeededAccount, startTestApi, type TestApi } from '../../../support/api-server.ts'
import { startS3Endpoint } from '../../../support/s3-endpoint.ts'
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts'

export const SOURCE_BUCKET = 'customer-photos'
export const DESTINATION_BUCKET = 'carolina-personal'
export const sourceKey = {
  accessKeyId: 'SOURCEKEY0000001',
  secretAccessKey: 'sOurce/Secret+0000000000000000000000000001',
}
export const destinationKey = {
  accessKeyId: 'DESTKEY00000001',
  secretAccessKey: 'dEst/Secret+000000000000000000000000000002',
}

/** A row of the JSON report. */
export interface ReportedRow {
  readonly sourceKey: string
  readonly destinationKey: string
  readonly sizeBytes: number
  readonly outcome: ObjectOutcome
  readonly comparedBy: Comparison | null
  readonly reason: ObjectReason | null
  readonly detail: string
}

export type AccountName = keyof TestApi['accounts']

export interface MigrationStage {
  readonly api: TestApi
  /** Clients of the test, with the right keys. */
  readonly source: S3Client
  readonly destination: S3Client
  startWorker(environment?: Readonly<Record<string, string>>): Promise<WorkerProcess>
  /** Dispatches over the API, by default as the owner account; returns the id. Reads see any account's. */
  dispatch(
    target: SourceTarget,
    prefix?: string,
    sourceEndpoint?: string,
    account?: AccountName,
    existing?: ExistingPolicy,
  ): Promise<string>
  read(id: string): Promise<MigrationView>
  log(id: string): Promise<readonly LogLine[]>
  /** The rows of the report, as the API gives it out. */
  report(id: string): Promise<readonly ReportedRow[]>
  exceptions(id: string): Promise<readonly ObjectException[]>
  waitFor(
    id: string,
    what: string,
    is: (migration: MigrationView) => boolean,
    timeoutMs?: number,
  ): Promise<MigrationView>
  waitForState(id: string, ...states: readonly MigrationState[]): Promise<MigrationView>
  waitForEnd(id: string): Promise<MigrationView>
  /** Waits for a worker's key and hands the secret over through the API; returns what was sealed to. */
  handOver(id: string, secret?: string): Promise<{ readonly keyId: string; readonly ciphertext: string }>
  cancel(id: string): Promise<void>
  stop(): Promise<void>
}

/** A real API with a real database, and real S3 servers with keys of their own for both sides. */
export async function startMigrationStage(
  options: {
    readonly capBytesPerSecond?: number
    /** Another store than the stage's own, which holds `DESTINATION_BUCKET`. */
    readonly destinationEndpoint?: string
  } = {},
): Promise<MigrationStage> {
  const sourceServer = await startS3Endpoint({ buckets: [SOURCE_BUCKET], ...sourceKey })
  const destinationServer = await startS3Endpoint({ buckets: [DESTINATION_BUCKET], ...destinationKey })
  const { destinationEndpoint = destinationServer.endpoint, ...apiOptions } = options
  const place = { endpoint: destinationEndpoint, region: 'us-east-1', bucket: DESTINATION_BUCKET }
  const api = await startTestApi({ destination: { ...place, ...destinationKey }, ...apiOptions })
  const dispatchers = new Map<string, AccountName>()
  const workers: WorkerProcess[] = []
  const migrations = createMigrationStore(api.database)
  const logs = createMigrationLogStore(api.database)
  const source = connect(sourceServer.endpoint, sourceKey)
  const destination = connect(destinationEndpoint, destinationKey)

  const dispatcherOf = (id: string) => api.accounts[dispatchers.get(id) ?? 'owner']
  const send = async (account: SeededAccount, method: string, path: string, body: unknown): Promise<unknown> => {
    const response = await fetch(`${api.origin}/v1/migrations${path}`, {
      method,
      headers: {
        authorization: `Bearer ${account.key.reveal()}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${text}`)
    return JSON.parse(text)
  }
  const read = async (id: string): Promise<MigrationView> => {
    const migration = await migrations.find(dispatcherOf(id).id, id)
    if (migration === null) throw new Error('no such migration')
    return migration
  }
  const waitFor: MigrationStage['waitFor'] = (id, what, is, timeoutMs = 20_000) =>
    vi.waitFor(
      async () => {
        const migration = await read(id)
        expect(is(migration), `${what}: ${JSON.stringify(migration)}`).toBe(true)
        return migration
      },
      { timeout: timeoutMs, interval: 25 },
    )
  const waitForState: MigrationStage['waitForState'] = (id, ...states) =>
    waitFor(id, states.join(' or '), ({ state }) => states.includes(state))

  return {
    api,
    source,
    destination,
    async startWorker(environment = {}) {
      const worker = await startWorkerProcess({
        databaseUrlFile: api.testDatabase.urlFile,
        credentialsKeyFile: api.credentialsKeyFile,
        environment,
      })
      workers.push(worker)
      return worker
    },
    async dispatch(
      target,
      prefix = '',
      sourceEndpoint = sourceServer.endpoint,
      name = 'owner',
      existing = 'replace-different',
    ) {
      const account = api.accounts[name]
      const request: CreateMigrationInput = {
        source: {
          endpoint: sourceEndpoint,
          region: 'us-east-1',
          accessKeyId: sourceKey.accessKeyId,
          bucket: SOURCE_BUCKET,
          target,
        },
        destination: { id: account.personalBucketId, prefix },
        options: { existing },
      }
      const { id } = (await send(account, 'POST', '', request)) as MigrationView
      dispatchers.set(id, name)
      return id
    },
    read,
    log: (id) => logs.readTail(id, 0, 1000),
    async report(id) {
      const file = (await send(dispatcherOf(id), 'GET', `/${id}/report?format=json`, null)) as { rows: ReportedRow[] }
      return file.rows
    },
    async exceptions(id) {
      const found = await send(dispatcherOf(id), 'GET', `/${id}/exceptions`, null)
      return (found as { exceptions: ObjectException[] }).exceptions
    },
    waitFor,
    waitForState,
    waitForEnd: (id) => waitFor(id, 'ended', ({ state }) => isTerminal(state), 40_000),
    async handOver(id, secret = sourceKey.secretAccessKey) {
      const { sealingKey } = await waitFor(id, 'asks for the secret', (migration) => migration.sealingKey !== null)
      if (sealingKey === null) throw new Error('unreachable')
      const sealed = await sealSourceSecret(Secret.of(secret), id, sealingKey)
      await send(dispatcherOf(id), 'PUT', `/${id}/source-secret`, sealed)
      return sealed
    },
    cancel: async (id) => void (await send(dispatcherOf(id), 'POST', `/${id}/cancel`, null)),
    async stop() {
      await Promise.all(workers.map((worker) => worker.end('SIGKILL')))
      source.destroy()
      destination.destroy()
      await api.stop()
      await sourceServer.stop()
      await destinationServer.stop()
    },
  }
}

function connect(endpoint: string, credentials: { accessKeyId: string; secretAccessKey: string }): S3Client {
  return new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
}
