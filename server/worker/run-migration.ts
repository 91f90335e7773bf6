import type { SourceInventory } from '#shared/contract/schemas.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { MigrationFailure } from '#shared/domain/failure-codes.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Secret } from '#shared/domain/secret.ts'
import type { EndpointRefusal } from '../endpoint-guard/endpoint-guard.ts'
import type { HeldJob } from '../stores/held-job.ts'
import type { ClaimedJob } from '../stores/job-store.ts'
import { copyAndVerify } from './copy-and-verify.ts'
import type { CopySides } from './copy-run.ts'
import { type JobContext, openJobContext } from './job-context.ts'
import { failed, type JobOutcome, type JobPorts, stopped } from './job-ports.ts'
import type { JobSlots } from './job-slots.ts'
import { withNamelessFiles } from './nameless-files.ts'
import { createObjectFailures } from './object-failures.ts'
import { createLogRedactor } from './rclone/log-redactor.ts'
import { toStoredText } from './recent-activity.ts'
import { awaitSecret, type SecretInbox } from './sealing/await-secret.ts'
import type { StopSwitch } from './stop-switch.ts'
import { type ReportStore, spoolReport } from './verify/report-spool.ts'

export interface MigrationRun extends JobPorts {
  readonly job: ClaimedJob
  readonly held: HeldJob
  /** The inbox whose key the claim has published. */
  readonly inbox: SecretInbox
  readonly slots: JobSlots
  /** Anybody may stop the job by it; this run adds the lease and the person's cancel. */
  readonly stopSwitch: StopSwitch
}

/**
 * One job from its claim to its end: wait for the secret, copy, verify, and write how it ended. Resolves when
 * nothing of it runs any more; expected troubles end in the row, bugs as `worker-error` in row and log.
 */
export async function runMigration(run: MigrationRun): Promise<void> {
  const { logger, stopSwitch } = run
  const { migrationId } = run.job
  const context = openJobContext(run)
  try {
    const outcome = await work(run, context).catch((error: unknown): JobOutcome => {
      logger.error({ err: error, migrationId }, 'the job ended by an unexpected error')
      return failed({
        code: 'worker-error',
        side: 'worker',
        message: 'an unexpected error; the operators’ log has it',
        exitCode: null,
      })
    })
    await context.flush()
    await writeEnd(outcome, run, context)
    logger.info({ migrationId, outcome: outcome.kind, stopReason: stopSwitch.reason() }, 'the job ended')
  } catch (error) {
    // The lease then runs out, and another worker takes the job.
    logger.error({ err: error, migrationId }, 'the end of the job could not be written')
  } finally {
    context.close()
    run.inbox.close()
  }
}

async function work(run: MigrationRun, context: JobContext): Promise<JobOutcome> {
  const { job, held, stopSwitch } = run
  const { activity, progress } = context
  activity.add(
    'info',
    job.attempt > 1
      ? 'another worker has taken over and waits for the source secret'
      : 'a worker waits for the source secret',
  )
  const secret = await awaitSecret({
    migrationId: job.migrationId,
    inbox: run.inbox,
    signals: run.signals,
    publishKey: (key) => context.write(() => held.publishKey(key)),
    waitMs: job.attempt > 1 ? run.timing.laterSecretWaitMs : run.timing.firstSecretWaitMs,
    signal: stopSwitch.signal,
  })
  if (secret === null) return stopped
  if (!secret.ok) return failed(secret.error)

  const sides = await prepareSides(run, secret.value)
  if (!sides.ok) return failed(sides.error)
  context.setRedactor(createLogRedactor([sides.value.source.secretAccessKey, sides.value.destination.secretAccessKey]))

  if (!(await context.move(held.receivedCredentials))) return stopped
  if (!run.slots.hasFree()) activity.add('info', 'the worker is busy with other migrations; this one waits for its turn')
  const giveSlotBack = await run.slots.take(stopSwitch.signal)
  if (giveSlotBack === null) return stopped
  const reportStore: ReportStore = {
    clearReport: () => context.move(held.clearReport),
    addReportChunk: (chunk) => context.move(() => held.addReportChunk(chunk)),
  }
  try {
    return await withNamelessFiles((openFile) =>
      copyAndVerify({
        ...run,
        sides: sides.value,
        activity,
        progress,
        failures: createObjectFailures(),
        redact: context.redact,
        saveInventory: (inventory) => saveInventory(run, context, inventory),
        beginReport: (walk) => spoolReport(() => openFile(walk), reportStore),
        beginVerifying: () => context.move(held.copied),
        beginCopyingAgain: () => context.move(held.copyAgain),
      }),
    )
  } finally {
    giveSlotBack()
  }
}

/** For people only: a migration must not end because it could not be written. */
async function saveInventory(
  { held, logger, job }: MigrationRun,
  { write }: JobContext,
  inventory: SourceInventory,
): Promise<void> {
  try {
    await write(() => held.writeInventory(inventory))
  } catch (error) {
    logger.warn({ err: error, migrationId: job.migrationId }, 'the inventory could not be written')
  }
}

const refusalWords: Readonly<Record<EndpointRefusal, string>> = {
  'not-public': 'is not a public address',
  'not-resolvable': 'has no address',
}

async function prepareSides(
  { job, findDestination, sourceGuard }: MigrationRun,
  secret: Secret,
): Promise<Result<CopySides, MigrationFailure>> {
  const { target: _target, ...source } = job.source
  const allowed = await sourceGuard.check(source.endpoint)
  if (!allowed.ok) {
    return err({
      code: 'unreachable',
      side: 'source',
      message: `the endpoint ${source.endpoint} is refused: it ${refusalWords[allowed.error]}`,
      exitCode: null,
    })
  }
  const destination = await findDestination(job.destination.bucketId)
  return destination.ok
    ? ok({ source: { ...source, secretAccessKey: secret }, destination: destination.value })
    : destination
}

/** A refused end means that a cancel came first; `stopped` then ends it, and changes nothing otherwise. */
async function writeEnd(
  outcome: JobOutcome,
  { held, stopSwitch }: MigrationRun,
  { write, redact }: JobContext,
): Promise<void> {
  const first = (): Promise<boolean> => {
    switch (outcome.kind) {
      case 'settled':
        return write(() => held.complete(outcome.settlement))
      case 'failed': {
        const failure = { ...outcome.failure, message: toStoredText(outcome.failure.message, redact) }
        return write(() => held.fail(failure, outcome.settlement))
      }
      case 'stopped':
        return stopSwitch.reason() === 'worker-stopping' ? write(held.release) : Promise.resolve(false)
      default:
        return assertNever(outcome)
    }
  }
  if (!(await first())) await write(held.stopped)
}
