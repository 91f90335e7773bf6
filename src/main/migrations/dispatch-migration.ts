import { setTimeout as wait } from 'node:timers/promises'
import type { CreateMigrationInput } from '#shared/contract/create-migration.ts'
import type { MigrationView } from '#shared/contract/schemas.ts'
import type { Secret } from '#shared/domain/secret.ts'
import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import type { RequestAnswer } from '#shared/ipc/channels.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { AccountCalls } from '../account/authorised-api.ts'
import type { RememberedSources } from '../secrets/remembered-sources.ts'
import type { ConnectionCheck } from '../source/connection-check.ts'
import type { SourceConnection } from '../source/source-connection.ts'
import type { PendingDispatches } from './pending-dispatches.ts'

export type StartAnswer = RequestAnswer<'startMigration'>

export interface DispatchPorts {
  readonly checkConnection: ConnectionCheck
  readonly pending: Pick<PendingDispatches, 'begin'>
  readonly dispatched: (migration: MigrationView, secret: Secret) => void
  readonly remembered: Pick<RememberedSources, 'remember'>
  /** The keychain said no after the answer was given; only while the same person is signed in. */
  readonly onRememberFailed: (problem: AppProblem) => void
}

export interface DispatchOrder {
  /** Whose migration it is: begun before anything was awaited. */
  readonly account: AccountCalls
  /** Until it goes to the API, it can be stopped. */
  readonly stopped: AbortSignal
  readonly source: SourceConnection
  readonly destination: CreateMigrationInput['destination']
  readonly options: NonNullable<CreateMigrationInput['options']>
  readonly dispatchKey: string
  readonly isSecretRemembered: boolean
}

export const signedOut = { kind: 'refused', problem: { code: 'signed-out' } } as const satisfies StartAnswer
export const stoppedBefore = { kind: 'source', check: { kind: 'stopped' } } as const satisfies StartAnswer

/** An unlocked keychain has answered by then; one that asks the person something is not waited for. */
const KEYCHAIN_GRACE_MS = 500

/**
 * S5: checks the source and dispatches only when it is ready. Whoever signs out meanwhile leaves no secret and
 * nothing to see behind (S9). B7: a secret is remembered last, when source and API have both said yes; a keychain
 * that refuses it is told and changes nothing else.
 */
export async function dispatchMigration(order: DispatchOrder, ports: DispatchPorts): Promise<StartAnswer> {
  const { account, stopped, source, destination, options, dispatchKey } = order
  const check = await ports.checkConnection(source, stopped)
  if (account.isOver()) return signedOut
  if (stopped.aborted) return stoppedBefore
  if (check.kind !== 'ready') return { kind: 'source', check }
  const created = await account.call('createMigration', {
    idempotencyKey: dispatchKey,
    body: { source: withoutSecret(source, check.target), destination, options },
  })
  if (!created.ok) return { kind: 'refused', problem: created.error }
  // Dispatched all the same: it is found as the live one at the next sign-in, or fails for want of the secret.
  if (account.isOver()) return signedOut
  ports.dispatched(created.value, source.secretAccessKey)
  return { kind: 'started', rememberProblem: order.isSecretRemembered ? await rememberSecret(order, ports) : null }
}

/** What is known soon; what the keychain says later is told when it says it. */
async function rememberSecret(
  { account, source }: DispatchOrder,
  { remembered, onRememberFailed }: DispatchPorts,
): Promise<AppProblem | null> {
  const storing = remembered.remember(source, source.secretAccessKey)
  const known = await Promise.race([storing, wait(KEYCHAIN_GRACE_MS, null, { ref: false })])
  if (known !== null) return known.ok ? null : known.error
  void storing.then((stored) => {
    if (!stored.ok && !account.isOver()) onRememberFailed(stored.error)
  })
  return null
}

/** Field by field, so that the secret cannot slip in with the rest. */
function withoutSecret(source: SourceConnection, target: SourceTarget): CreateMigrationInput['source'] {
  const { endpoint, region, accessKeyId, bucket } = source
  return { endpoint, region, accessKeyId, bucket, target }
}
