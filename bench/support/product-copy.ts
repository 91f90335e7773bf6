import { randomUUID } from 'node:crypto'
import { isTerminal } from '#shared/domain/migration-state.ts'
import { Secret } from '#shared/domain/secret.ts'
import type { MigrationView } from '#shared/contract/schemas.ts'
import { createApiClient } from '../../src/main/api/api-client.ts'
import { createConnectionReturns } from '../../src/main/api/connection-returns.ts'
import { createMigrationStream } from '../../src/main/api/migration-stream.ts'
import { sealSourceSecret } from '../../src/main/secrets/seal-source-secret.ts'
import type { S3Endpoint } from '../../scripts/local-stack/s3-endpoint.ts'

export interface ProductCopy {
  readonly apiOrigin: string
  readonly apiKey: Secret
  readonly source: S3Endpoint
  readonly bucket: string
  readonly destinationPrefix: string
}

/** One migration as the app does it: dispatch, seal, hand over, follow to the end. @returns seconds from dispatch to completed */
export async function productCopySeconds({ apiOrigin, apiKey, source, bucket, destinationPrefix }: ProductCopy): Promise<number> {
  const connection = { origin: apiOrigin, userAgent: 'carolina-migrate-bench' }
  const api = createApiClient(connection)
  const destinations = await api.call('listDestinations', apiKey, {})
  const destination = destinations.ok ? destinations.value.destinations[0] : undefined
  if (destination === undefined) throw new Error('the bench account has no destination')
  const start = performance.now()
  const { endpoint, accessKeyId } = source
  const created = await api.call('createMigration', apiKey, {
    idempotencyKey: randomUUID(),
    body: {
      source: { endpoint, region: 'us-east-1', accessKeyId, bucket, target: { kind: 'bucket' } },
      destination: { id: destination.id, prefix: destinationPrefix },
    },
  })
  if (!created.ok) throw new Error(`not dispatched: ${created.error.code}`)
  const migrationId = created.value.id

  let sealedFor = ''
  const handOver = async ({ sealingKey }: MigrationView): Promise<void> => {
    if (sealingKey === null || sealingKey.keyId === sealedFor) return
    sealedFor = sealingKey.keyId
    const body = await sealSourceSecret(Secret.of(source.secretAccessKey), migrationId, sealingKey)
    const handed = await api.call('handOverSecret', apiKey, { params: { migrationId }, body })
    if (!handed.ok) throw new Error(`secret not handed over: ${handed.error.code}`)
  }
  const ended = await new Promise<MigrationView>((resolve, reject) => {
    createMigrationStream({ ...connection, returns: createConnectionReturns() })({
      migrationId,
      apiKey,
      knownRevision: 0,
      onMigration: (migration) => {
        if (isTerminal(migration.state)) resolve(migration)
        else handOver(migration).catch(reject)
      },
      onAlive: () => undefined,
      onInterrupted: () => undefined,
      onRefused: (problem) => reject(new Error(`stream refused: ${problem.code}`)),
    })
  })
  if (ended.state !== 'completed') throw new Error(`ended as ${ended.state}: ${ended.failure?.message ?? ''}`)
  return (performance.now() - start) / 1000
}
