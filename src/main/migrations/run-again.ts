import type { MigrationView } from '#shared/contract/schemas.ts'
import { isTerminal } from '#shared/domain/migration-state.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { Secret } from '#shared/domain/secret.ts'
import { checkSecretAccessKey } from '#shared/domain/source-field-rules.ts'
import type { RequestAnswer } from '#shared/ipc/channels.ts'
import type { AccountCalls } from '../account/authorised-api.ts'
import type { RememberedSources } from '../secrets/remembered-sources.ts'
import { createSingleFlight } from '../single-flight.ts'
import { type DispatchOrder, type DispatchPorts, dispatchMigration, signedOut, stoppedBefore } from './dispatch-migration.ts'
import { secretRefusal, sourceOf } from './held-source-rules.ts'
import { unlessStopped } from './pending-dispatches.ts'

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
  const stopped = ports.pending.begin()
  const prepared = await unlessStopped(prepare(input, ports, stopped), stopped)
  if (prepared === null) return stoppedBefore
  if (!prepared.ok) return prepared.error
  const answer = await dispatchMigration(prepared.value, ports)
  return input.secretAccessKey === null ? askInsteadOfRemembered(answer) : answer
}

async function prepare(
  input: RunAgainInput,
  ports: RunAgainPorts,
  stopped: AbortSignal,
): Promise<Result<DispatchOrder, RunAgainAnswer>> {
  const { migrationId, dispatchKey, isSecretRemembered, secretAccessKey } = input
  const account = ports.beginCalls()
  const found = await account.call('getMigration', { params: { migrationId } })
  if (!found.ok) return err({ kind: 'refused', problem: found.error })
  const migration = found.value
  if (!isTerminal(migration.state)) return err({ kind: 'refused', problem: { code: 'migration-live', migrationId } })
  const secret = await secretOf(migration, secretAccessKey, ports.remembered)
  if (account.isOver()) return err(signedOut)
  if (!secret.ok) return secret
  const { destination, options } = migration
  return ok({
    account,
    stopped,
    source: sourceOf(migration, secret.value),
    destination: { id: destination.id, prefix: destination.prefix },
    options,
    dispatchKey,
    // The keychain's own secret need not go back there.
    isSecretRemembered: isSecretRemembered && secretAccessKey !== null,
  })
}

async function secretOf(
  { source }: MigrationView,
  typed: Secret | null,
  remembered: RunAgainPorts['remembered'],
): Promise<Result<Secret, RunAgainAnswer>> {
  if (typed !== null) {
    const checked = checkSecretAccessKey(typed.reveal())
    if (checked.ok) return ok(Secret.of(checked.value))
    return err({ kind: 'source', check: { kind: 'fields', fieldProblems: [checked.error] } })
  }
  const found = await remembered.secretFor(source)
  if (!found.ok) return err({ kind: 'secret-needed', reason: found.error })
  return found.value === null ? err({ kind: 'secret-needed', reason: null }) : ok(found.value)
}

/** A remembered secret that the source refuses is no finding to read: another one is needed. */
function askInsteadOfRemembered(answer: RunAgainAnswer): RunAgainAnswer {
  if (answer.kind !== 'source' || answer.check.kind !== 'blocked') return answer
  const refusal = secretRefusal(answer.check)
  return refusal === null ? answer : { kind: 'secret-needed', reason: { code: 'source-not-ready', reference: refusal } }
}
