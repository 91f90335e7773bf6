import type { CreateMigrationInput, MigrationView } from '#shared/contract/schemas.ts'
import { checkDestinationPrefix } from '#shared/domain/destination-field-rules.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Secret } from '#shared/domain/secret.ts'
import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import type { FieldProblem } from '#shared/domain/text-rules.ts'
import type { RequestAnswer } from '#shared/ipc/channels.ts'
import type { SourceDraft } from '#shared/ipc/source-check.ts'
import type { AccountCalls } from '../account/authorised-api.ts'
import { parseSourceDraft, type SourceConnection } from '../source/source-connection.ts'
import type { SourceCheckService } from '../source/source-check-service.ts'

export interface StartInput {
  readonly draft: SourceDraft
  readonly secretAccessKey: Secret
  readonly destinationId: string
  readonly destinationPrefix: string
  readonly dispatchKey: string
}

interface StartPorts {
  readonly beginCalls: () => AccountCalls
  readonly sourceChecks: Pick<SourceCheckService, 'checkConnection'>
  readonly dispatched: (migration: MigrationView, secret: Secret) => void
}

type StartAnswer = RequestAnswer<'startMigration'>

const signedOut: StartAnswer = { kind: 'refused', problem: { code: 'signed-out' } }

/**
 * S5: checks the source once more and dispatches only when it is ready. A second call with the same
 * `dispatchKey` joins the first. Whoever signs out meanwhile leaves no secret and nothing to see behind (S9).
 */
export function createStartMigration(ports: StartPorts): (input: StartInput) => Promise<StartAnswer> {
  const underWay = new Map<string, Promise<StartAnswer>>()
  return (input) => {
    const joined = underWay.get(input.dispatchKey)
    if (joined !== undefined) return joined
    const started = start(input, ports).finally(() => underWay.delete(input.dispatchKey))
    underWay.set(input.dispatchKey, started)
    return started
  }
}

async function start(input: StartInput, { beginCalls, sourceChecks, dispatched }: StartPorts): Promise<StartAnswer> {
  const account = beginCalls()
  const source = parseSourceDraft(input.draft, input.secretAccessKey)
  if (!source.ok) return { kind: 'source', check: { kind: 'fields', fieldProblems: source.error } }
  const destination = parseDestination(input)
  if (!destination.ok) return { kind: 'refused', problem: { code: 'invalid-fields', fields: destination.error } }
  const check = await sourceChecks.checkConnection(source.value)
  if (account.isOver()) return signedOut
  if (check.kind !== 'ready') return { kind: 'source', check }
  const created = await account.call('createMigration', {
    idempotencyKey: input.dispatchKey,
    body: { source: withoutSecret(source.value, check.target), destination: destination.value },
  })
  if (!created.ok) return { kind: 'refused', problem: created.error }
  // Dispatched all the same: it is found as the live one at the next sign-in, or fails for want of the secret.
  if (account.isOver()) return signedOut
  dispatched(created.value, source.value.secretAccessKey)
  return { kind: 'started' }
}

function parseDestination({
  destinationId,
  destinationPrefix,
}: StartInput): Result<CreateMigrationInput['destination'], FieldProblem[]> {
  const prefix = checkDestinationPrefix(destinationPrefix)
  const isChosen = /^[0-9a-f-]{36}$/i.test(destinationId)
  if (isChosen && prefix.ok) return ok({ id: destinationId, prefix: prefix.value })
  return err([
    ...(isChosen ? [] : [{ field: 'destinationBucketId', code: 'not-chosen' } as const]),
    ...(prefix.ok ? [] : [prefix.error]),
  ])
}

/** Field by field, so that the secret cannot slip in with the rest. */
function withoutSecret(source: SourceConnection, target: SourceTarget): CreateMigrationInput['source'] {
  const { endpoint, region, accessKeyId, bucket } = source
  return { endpoint, region, accessKeyId, bucket, target }
}
