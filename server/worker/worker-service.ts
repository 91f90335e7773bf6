import { secretWaitMinutes } from '#shared/domain/secret-wait.ts'
import type { Logger } from '../logger.ts'
import type { WorkerConfig } from '../config.ts'
import { createEndpointGuard, resolveHost } from '../endpoint-guard/endpoint-guard.ts'
import { createNotificationListener } from '../db/listener.ts'
import { notificationChannels } from '../db/notifications.ts'
import { createDatabase } from '../db/pool.ts'
import { createCredentialVault } from '../directory/credential-vault.ts'
import { createBucketCredentialsStore } from '../stores/bucket-credentials-store.ts'
import { createJobStore } from '../stores/job-store.ts'
import { createDestinationFinder } from './find-destination.ts'
import { startJobLoop } from './job-loop.ts'
import { startCopyJob } from './rclone/rclone-copy-job.ts'
import { createWorkerSignals } from './worker-signals.ts'

export interface WorkerService {
  readonly workerId: string
  /** Gives the running jobs back and closes the database; takes as long as rclone takes to end. */
  stop(): Promise<void>
}

const APPLICATION_NAME = 'carolina-migrate worker'
/** Jobs without their secret cost a lease and a listener each. */
const MAX_WAITING_JOBS = 100
const MINUTE_MS = 60_000
const timing = {
  firstSecretWaitMs: secretWaitMinutes.first * MINUTE_MS,
  laterSecretWaitMs: secretWaitMinutes.later * MINUTE_MS,
  reportIntervalMs: 1_000,
} as const

/** Composition root of the worker. Resolves once it listens and has looked for jobs; waits for the database. */
export async function startWorker(config: WorkerConfig, logger: Logger): Promise<WorkerService> {
  const { databaseUrl, rclonePath } = config
  const database = createDatabase({
    databaseUrl,
    applicationName: APPLICATION_NAME,
    onIdleError: (error) => logger.warn({ err: error }, 'an idle database connection broke'),
  })
  const { signals, inlet } = createWorkerSignals()
  const listener = createNotificationListener(
    { databaseUrl, applicationName: `${APPLICATION_NAME} listener`, logger },
    {
      onNotification: {
        [notificationChannels.migrationQueued]: inlet.migrationQueued,
        [notificationChannels.cancelRequested]: inlet.cancelRequested,
        [notificationChannels.secretSealed]: inlet.secretSealed,
      },
      onReturn: inlet.reconnected,
    },
  )
  await listener.start()
  const sourceGuard = createEndpointGuard({ isPrivateAllowed: config.isPrivateEndpointAllowed, resolveHost })
  const loop = startJobLoop({
    jobs: createJobStore(database),
    slots: config.slots,
    maxWaiting: MAX_WAITING_JOBS,
    ports: {
      signals,
      findDestination: createDestinationFinder(
        createBucketCredentialsStore(database),
        createCredentialVault(config.credentialsKey),
      ),
      sourceGuard,
      startCopy: (options) => startCopyJob({ ...options, rclonePath, sourceGuard }),
      logger,
      timing: { ...timing, leaseTtlMs: config.leaseTtlMs },
    },
  })
  await loop.ready
  return {
    workerId: loop.workerId,
    async stop() {
      await loop.stop()
      await listener.stop()
      await database.end()
    },
  }
}
