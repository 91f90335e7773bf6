import type { CreateMigrationInput, MigrationView } from '#shared/contract/schemas.ts'
import type { Secret } from '#shared/domain/secret.ts'
import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import type { RequestAnswer } from '#shared/ipc/channels.ts'
import type { AccountCalls } from '../account/authorised-api.ts'
import type { RememberedSources } from '../secrets/remembered-sources.ts'
import type { SourceCheckService } from '../source/source-check-service.ts'
import type { SourceConnection } from '../source/source-connection.ts'

export type StartAnswer = RequestAnswer<'startMigration'>

export interface DispatchPorts {
  readonly sourceChecks: Pick<SourceCheckService, 'checkConnection'>
  readonly dispatched: (migration: MigrationView, secret: Secret) => void
  readonly remembered: Pick<RememberedSources, 'remember'>
}

export interface DispatchOrder {
  /** Whose migration it is: begun before anything was awaited. */
  readonly account: AccountCalls
  readonly source: SourceConnection
  readonly destination: CreateMigrationInput['destination']
  readonly options: NonNullable<CreateMigrationInput['options']>
  readonly dispatchKey: string
  readonly isSecretRemembered: boolean
}

export const signedOut = { kind: 'refused', problem: { code: 'signed-out' } } as const satisfies StartAnswer

/**
 * S5: checks the source and dispatches only when it is ready. Whoever signs out meanwhile leaves no secret and
 * nothing to see behind (S9). B7: a secret is remembered last, when source and API have both said yes; a keychain
 * that refuses it is told and changes nothing else.
 */
export async function dispatchMigration(
  { account, source, destination, options, dispatchKey, isSecretRemembered }: DispatchOrder,
  { sourceChecks, dispatched, remembered }: DispatchPorts,
): Promise<StartAnswer> {
  const check = await sourceChecks.checkConnection(source)
  if (account.isOver()) return signedOut
  if (check.kind !== 'ready') return { kind: 'source', check }
  const created = await account.call('createMigration', {
    idempotencyKey: dispatchKey,
    body: { source: withoutSecret(source, check.target), destination, options },
  })
  if (!created.ok) return { kind: 'refused', problem: created.error }
  // Dispatched all the same: it is found as the live one at the next sign-in, or fails for want of the secret.
  if (account.isOver()) return signedOut
  dispatched(created.value, source.secretAccessKey)
  if (!isSecretRemembered) return { kind: 'started', rememberProblem: null }
  const stored = await remembered.remember(source, source.secretAccessKey)
  return { kind: 'started', rememberProblem: stored.ok ? null : stored.error }
}

/** Field by field, so that the secret cannot slip in with the rest. */
function withoutSecret(source: SourceConnection, target: SourceTarget): CreateMigrationInput['source'] {
  const { endpoint, region, accessKeyId, bucket } = source
  return { endpoint, region, accessKeyId, bucket, target }
}
