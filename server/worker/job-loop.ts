import { randomUUID } from 'node:crypto'
import type { JobStore } from '../stores/job-store.ts'
import type { JobPorts } from './job-ports.ts'
import { createJobSlots } from './job-slots.ts'
import { runMigration } from './run-migration.ts'
import { openInbox } from './sealing/await-secret.ts'
import { createStopSwitch, type StopSwitch } from './stop-switch.ts'

export interface JobLoop {
  readonly workerId: string
  /** Resolves once the table has been looked at for the first time; keeps trying while the database is away. */
  readonly ready: Promise<void>
  /** Claims nothing more, gives the running jobs back, and resolves when all have let go. */
  readonly stop: () => Promise<void>
}

export interface JobLoopInput {
  readonly jobs: JobStore
  readonly ports: JobPorts
  /** Jobs that copy at once. */
  readonly slots: number
  /** Jobs that wait for their secret, besides. */
  readonly maxWaiting: number
}

const SWEEP_MS = 3_600_000

/**
 * Takes jobs while there are free slots: when a notification says that there is work, when a slot becomes free,
 * and from time to time, because notifications may be lost and leases run out in silence. A job whose person
 * does not hand the secret over keeps nobody from a slot.
 */
export function startJobLoop({ jobs, ports, slots: slotCount, maxWaiting }: JobLoopInput): JobLoop {
  const workerId = randomUUID()
  const running = new Map<StopSwitch, Promise<void>>()
  const slots = createJobSlots(slotCount)
  let isStopping = false
  let looking: Promise<void> | null = null
  let shallLookAgain = false

  async function takeOne(): Promise<boolean> {
    const inbox = await openInbox(ports.signals)
    const job = await jobs
      .claim({ workerId, leaseTtlMs: ports.timing.leaseTtlMs, key: inbox.published })
      .catch((error: unknown) => {
        inbox.close()
        throw error
      })
    if (job === null) {
      inbox.close()
      return false
    }
    const stopSwitch = createStopSwitch()
    // Told to stop while the claim was under way: the job goes back like the others.
    if (isStopping) stopSwitch.stop('worker-stopping')
    ports.logger.info({ migrationId: job.migrationId, attempt: job.attempt }, 'claimed a job')
    const held = jobs.hold({ migrationId: job.migrationId, attempt: job.attempt, workerId })
    const run = runMigration({ ...ports, job, held, inbox, stopSwitch, slots }).finally(() => {
      running.delete(stopSwitch)
      look()
    })
    running.set(stopSwitch, run)
    return true
  }

  const mayTake = (): boolean => !isStopping && slots.hasFree() && running.size - slots.inUse() < maxWaiting
  async function takeAll(): Promise<void> {
    try {
      while (shallLookAgain && !isStopping) {
        shallLookAgain = false
        await jobs.settleAbandonedCancels()
        while (mayTake() && (await takeOne()));
        onFirstLook()
      }
    } catch (error) {
      ports.logger.warn({ err: error }, 'could not look for jobs; trying again')
    }
  }
  /** One look at a time; who asks meanwhile gets another round. */
  const look = (): void => {
    shallLookAgain = true
    looking ??= takeAll().finally(() => (looking = null))
  }

  let sweeping: Promise<void> = Promise.resolve()
  const sweep = (): void => {
    sweeping = sweeping
      .then(() => jobs.dropOldReports())
      .catch((error: unknown) => ports.logger.warn({ err: error }, 'could not remove old reports; trying again later'))
  }

  let onFirstLook = (): void => undefined
  const ready = new Promise<void>((resolve) => (onFirstLook = resolve))
  const forgetWork = ports.signals.onWork(look)
  const looks = setInterval(look, ports.timing.leaseTtlMs / 3)
  look()
  const sweeps = setInterval(sweep, SWEEP_MS)
  sweep()
  return {
    workerId,
    ready,
    async stop() {
      isStopping = true
      forgetWork()
      clearInterval(looks)
      clearInterval(sweeps)
      for (const stopSwitch of running.keys()) stopSwitch.stop('worker-stopping')
      await Promise.all([looking, sweeping])
      await Promise.all(running.values())
    },
  }
}
