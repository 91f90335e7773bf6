import type { MigrationView } from '#shared/contract/schemas.ts'
import { isTerminal } from '#shared/domain/migration-state.ts'
import { ok, type Result } from '#shared/domain/result.ts'
import { Secret } from '#shared/domain/secret.ts'
import { checkSecretAccessKey } from '#shared/domain/source-field-rules.ts'
import type { FieldProblem } from '#shared/domain/text-rules.ts'
import type { RequestAnswer } from '#shared/ipc/channels.ts'
import type { AccountCalls } from '../account/authorised-api.ts'
import type { RememberedSources } from '../secrets/remembered-sources.ts'
import { createSingleFlight } from '../single-flight.ts'
import { type DispatchPorts, dispatchMigration, signedOut } from './dispatch-migration.ts'
import { sourceOf } from './held-source-rules.ts'

export interface RunAgainInput {
  readonly migrationId: string
  /** Null: the remembered one. */
  readonly secretAccessKey: Secret | null
  readonly isSecretRemembered: boolean
  readonly dispatchKey: string
}

export interface RunAgainPorts extends DispatchPorts {
  readonly beginCalls: () => AccountCalls
  readonly remembered: Pick<RememberedSources, 'remember' | 'secretFor'>
}

type RunAgainAnswer = RequestAnswer<'runAgain'>

/**
 * B4: dispatches an ended migration once more, with the same source, destination and options, so that only what is
 * missing or differs is copied. A second call with the same `dispatchKey` joins the first.
 */
export function createRunAgain(ports: RunAgainPorts): (input: RunAgainInput) => Promise<RunAgainAnswer> {
  const join = createSingleFlight<RunAgainAnswer>()
  return (input) => join(input.dispatchKey, () => runAgain(input, ports))
}

async function runAgain(input: RunAgainInput, ports: RunAgainPorts): Promise<RunAgainAnswer> {
  const { migrationId, dispatchKey } = input
  const account = ports.beginCalls()
  const found = await account.call('getMigration', { params: { migrationId } })
  if (!found.ok) return { kind: 'refused', problem: found.error }
  const migration = found.value
  if (!isTerminal(migration.state)) return { kind: 'refused', problem: { code: 'migration-live', migrationId } }
  const secret = await secretOf(migration, input.secretAccessKey, ports.remembered)
  if (account.isOver()) return signedOut
  if (!secret.ok) return { kind: 'source', check: { kind: 'fields', fieldProblems: [secret.error] } }
  if (secret.value === null) return { kind: 'secret-needed' }
  const { destination, options } = migration
  const order = {
    account,
    source: sourceOf(migration, secret.value),
    destination: { id: destination.id, prefix: destination.prefix },
    options,
    dispatchKey,
    // The keychain's own secret need not go back there.
    isSecretRemembered: input.isSecretRemembered && input.secretAccessKey !== null,
  }
  return await dispatchMigration(order, ports)
}

/** Null: it has to be typed. A keychain that cannot be asked is no reason to stop: the person can always type it. */
async function secretOf(
  { source }: MigrationView,
  typed: Secret | null,
  remembered: RunAgainPorts['remembered'],
): Promise<Result<Secret | null, FieldProblem>> {
  if (typed !== null) {
    const checked = checkSecretAccessKey(typed.reveal())
    return checked.ok ? ok(Secret.of(checked.value)) : checked
  }
  const found = await remembered.secretFor(source)
  return ok(found.ok ? found.value : null)
}
