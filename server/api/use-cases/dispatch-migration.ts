import { createHash } from 'node:crypto'
import type { CreateMigration } from '#shared/contract/create-migration.ts'
import type { MigrationView } from '#shared/contract/schemas.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { isDispatchAllowed } from '../dispatch-rules.ts'
import type { EndpointGuard, EndpointRefusal } from '../../endpoint-guard/endpoint-guard.ts'
import type { Account, DestinationStore, MigrationStore } from '../../stores/ports.ts'
import type { Problem } from '../problem.ts'

export interface DispatchPorts {
  readonly migrations: MigrationStore
  readonly destinations: DestinationStore
  readonly endpointGuard: Pick<EndpointGuard, 'check'>
  readonly makeId: () => string
  /** S11. */
  readonly capBytesPerSecond: number
}

export interface Dispatch {
  readonly account: Account
  readonly request: CreateMigration
  readonly idempotencyKey: string
}

type Outcome = Result<MigrationView, Problem>

// A live migration may end between the refused insert and the look at it; then the insert is tried again.
const MAX_ATTEMPTS = 5

/**
 * S7, S8: creates a migration, queued. A repetition under the same Idempotency-Key answers with the first
 * one's migration, whatever has become of it; that two calls cannot both win is left to the database.
 */
export async function dispatchMigration(ports: DispatchPorts, dispatch: Dispatch): Promise<Outcome> {
  const { account, request, idempotencyKey } = dispatch
  const requestHash = hashRequest(request)
  const repeated = await findRepetition(ports, dispatch, requestHash)
  if (repeated !== null) return repeated

  const refusal = await findRefusal(ports, account, request)
  if (refusal !== null) return err(refusal)

  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const inserted = await ports.migrations.insert({
      id: ports.makeId(),
      accountId: account.id,
      request,
      capBytesPerSecond: ports.capBytesPerSecond,
      idempotencyKey,
      requestHash,
    })
    if (inserted.ok) return inserted
    const settled = (await findRepetition(ports, dispatch, requestHash)) ?? (await findLive(ports, account))
    if (settled !== null) return settled
  }
  return err({ code: 'unavailable' })
}

/**
 * Options that say what is so anyway leave no trace: a dispatch that names them repeats one that does not, also
 * one from a release that knew none.
 */
function hashRequest({ source, destination, options }: CreateMigration): Buffer {
  const hashed = { source, destination, ...(options.existing === 'replace-different' ? {} : { options }) }
  return createHash('sha256').update(JSON.stringify(hashed)).digest()
}

async function findRepetition(
  ports: DispatchPorts,
  { account, idempotencyKey }: Dispatch,
  requestHash: Buffer,
): Promise<Outcome | null> {
  const first = await ports.migrations.findByIdempotencyKey(account.id, idempotencyKey)
  if (first === null) return null
  return first.requestHash.equals(requestHash) ? ok(first.migration) : err({ code: 'idempotency-key-reused' })
}

async function findLive(ports: DispatchPorts, account: Account): Promise<Outcome | null> {
  const live = await ports.migrations.findLive(account.id)
  return live === null ? null : err({ code: 'migration-live', migrationId: live.id })
}

async function findRefusal(
  ports: DispatchPorts,
  account: Account,
  request: CreateMigration,
): Promise<Problem | null> {
  const endpoint = await ports.endpointGuard.check(request.source.endpoint)
  if (!endpoint.ok) {
    return {
      code: 'invalid-fields',
      errors: [
        {
          pointer: '/source/endpoint',
          field: 'endpoint',
          code: 'endpoint-not-public',
          detail: endpointDetail(endpoint.error),
        },
      ],
    }
  }
  const destination = await ports.destinations.findVisible(account.id, request.destination.id)
  if (destination === null) {
    return {
      code: 'invalid-fields',
      errors: [
        {
          pointer: '/destination/id',
          field: 'destinationBucketId',
          code: 'not-chosen',
          detail: 'This is none of the buckets you may see.',
        },
      ],
    }
  }
  if (!isDispatchAllowed(account, destination.scope)) {
    return {
      code: 'destination-forbidden',
      detail: 'Only the owner and the admins of an organisation may migrate into its buckets.',
    }
  }
  return null
}

function endpointDetail(refusal: EndpointRefusal): string {
  switch (refusal) {
    case 'not-public':
      return 'This endpoint is in a private network, which our workers cannot and may not reach. Use an address of the public internet.'
    case 'not-resolvable':
      return 'The name of this endpoint leads to no address as seen from our side. Check its spelling, or that it is known to public DNS.'
    default:
      return assertNever(refusal)
  }
}
