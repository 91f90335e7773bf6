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
const SECRET_WAIT_MS = 15 * 60_000
const REPORT_INTERVAL_MS = 1_000

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
  const loop = startJobLoop({
    jobs: createJobStore(database),
    slots: config.slots,
    ports: {
      signals,
      findDestination: createDestinationFinder(
        createBucketCredentialsStore(database),
        createCredentialVault(config.credentialsKey),
      ),
      sourceGuard: createEndpointGuard({ isPrivateAllowed: config.isPrivateEndpointAllowed, resolveHost }),
      startCopy: (options) => startCopyJob({ ...options, rclonePath }),
      logger,
      timing: { leaseTtlMs: config.leaseTtlMs, secretWaitMs: SECRET_WAIT_MS, reportIntervalMs: REPORT_INTERVAL_MS },
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
