import { destination } from 'pino'
import { readWorkerConfig } from '../config.ts'
import { createLogger } from '../logger.ts'
import { sweepControlFolders } from './rclone/control-folder.ts'
import { checkRclone } from './rclone/rclone-version.ts'
import { keepHeapSmall } from './steady-memory.ts'
import { startWorker } from './worker-service.ts'

/** A copy that does not end in time dies with this process; its lease then runs out. */
const EXIT_DEADLINE_MS = 9_000

// Entry: settings, wiring, signals. Standard output carries the announcement, standard error the log.
keepHeapSmall()

function refuse(problems: readonly string[]): never {
  process.stderr.write(`The worker cannot start:\n${problems.map((text) => `- ${text}\n`).join('')}`)
  process.exit(1)
}

const config = readWorkerConfig()
if (!config.ok) refuse(config.error)
const rclone = await checkRclone(config.value.rclonePath)
if (!rclone.ok) refuse([rclone.error])

const logger = createLogger(config.value.logLevel, destination({ fd: 2, sync: true }), { program: 'worker' })
process.on('uncaughtException', (error) => {
  logger.error({ err: error }, 'bug: uncaught exception')
  process.exit(1)
})

const sweptFolders = await sweepControlFolders()
if (sweptFolders > 0) logger.info({ sweptFolders }, 'removed what killed workers left behind')

const starting = startWorker(config.value, logger)
const stop = (): void => {
  setTimeout(() => process.exit(0), EXIT_DEADLINE_MS).unref()
  void starting
    .then((worker) => worker.stop())
    .then(() => {
      logger.info({}, 'stopped')
      process.exit(0)
    })
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)

const worker = await starting
logger.info({ workerId: worker.workerId, rclone: rclone.value }, 'ready')
process.stdout.write(`${JSON.stringify({ event: 'ready', workerId: worker.workerId })}\n`)
