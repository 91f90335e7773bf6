import { destination } from 'pino'
import { readApiConfig } from '../config.ts'
import { createLogger } from '../logger.ts'
import { startApi } from './api-service.ts'
import { defaultRateLimits } from './rate-limits.ts'

const EXIT_DEADLINE_MS = 4_800

// Entry: settings, wiring, listening. Standard output carries the announcement, standard error the log.
const config = readApiConfig()
if (!config.ok) {
  process.stderr.write(`The API cannot start:\n${config.error.map((text) => `- ${text}\n`).join('')}`)
  process.exit(1)
}
const logger = createLogger(config.value.logLevel, destination({ fd: 2, sync: true }), { program: 'api' })
process.on('uncaughtException', (error) => {
  logger.error({ err: error }, 'bug: uncaught exception')
  process.exit(1)
})

const api = await startApi(config.value, logger, defaultRateLimits)
const stop = (): void => {
  setTimeout(() => process.exit(0), EXIT_DEADLINE_MS).unref()
  void api.stop().then(() => {
    logger.info({}, 'stopped')
    process.exit(0)
  })
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
logger.info({ port: api.port }, 'listening')
process.stdout.write(`${JSON.stringify({ event: 'listening', port: api.port })}\n`)
