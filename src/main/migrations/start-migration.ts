import type { CreateMigrationInput } from '#shared/contract/create-migration.ts'
import { checkDestinationPrefix } from '#shared/domain/destination-field-rules.ts'
import type { ExistingPolicy } from '#shared/domain/object-outcome.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Secret } from '#shared/domain/secret.ts'
import type { FieldProblem } from '#shared/domain/text-rules.ts'
import type { SourceDraft } from '#shared/ipc/source-check.ts'
import type { AccountCalls } from '../account/authorised-api.ts'
import { createSingleFlight } from '../single-flight.ts'
import { parseSourceDraft } from '../source/source-connection.ts'
import { type DispatchPorts, dispatchMigration, type StartAnswer } from './dispatch-migration.ts'

export interface StartInput {
  readonly draft: SourceDraft
  readonly secretAccessKey: Secret
  readonly destinationId: string
  readonly destinationPrefix: string
  readonly dispatchKey: string
  readonly existing: ExistingPolicy
  readonly isSecretRemembered: boolean
}

interface StartPorts extends DispatchPorts {
  readonly beginCalls: () => AccountCalls
}

/** Dispatches what the wizard's review shows. A second call with the same `dispatchKey` joins the first. */
export function createStartMigration(ports: StartPorts): (input: StartInput) => Promise<StartAnswer> {
  const join = createSingleFlight<StartAnswer>()
  return (input) => join(input.dispatchKey, () => start(input, ports))
}

async function start(input: StartInput, ports: StartPorts): Promise<StartAnswer> {
  const account = ports.beginCalls()
  const stopped = ports.pending.begin()
  const source = parseSourceDraft(input.draft, input.secretAccessKey)
  if (!source.ok) return { kind: 'source', check: { kind: 'fields', fieldProblems: source.error } }
  const destination = parseDestination(input)
  if (!destination.ok) return { kind: 'refused', problem: { code: 'invalid-fields', fields: destination.error } }
  const { existing, dispatchKey, isSecretRemembered } = input
  const what = { source: source.value, destination: destination.value, options: { existing } }
  return await dispatchMigration({ account, stopped, ...what, dispatchKey, isSecretRemembered }, ports)
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
