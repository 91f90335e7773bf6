import express, { type Express } from 'express'
import helmet from 'helmet'
import type { Logger } from '../logger.ts'
import type { SchemaFile } from '../db/migrate.ts'
import type { Queries } from '../db/pool.ts'
import { createAuthentication } from './authentication.ts'
import { createHandlers, type HandlerPorts } from './handlers.ts'
import { createHealthRouter } from './health.ts'
import { createOpenApiDocument } from './openapi.ts'
import type { CallerStore } from '../stores/ports.ts'
import { ApiProblem } from './problem.ts'
import { createProblemExit } from './problem-exit.ts'
import { createFailureLimit, limitRequestsPerKey, type RateLimits } from './rate-limits.ts'
import { createRequestLog } from './request-log.ts'
import { createRouter } from './router.ts'

export interface AppPorts extends HandlerPorts {
  readonly callers: CallerStore
  readonly queries: Queries
  readonly schemaFiles: readonly SchemaFile[]
  readonly logger: Logger
  readonly rateLimits: RateLimits
  readonly trustedProxies: number
}

/** The order of the middleware is the order of the checks: id and log, then who, then how often, then what. */
export function createApp(ports: AppPorts): Express {
  const app = express()
  app.set('trust proxy', ports.trustedProxies)
  app.set('query parser', 'simple')
  app.set('etag', false)
  // An API shows no pages: nothing may load, frame or run what it answers.
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
      },
    }),
  )
  app.use(createRequestLog(ports.logger))
  app.use(createHealthRouter(ports.queries, ports.schemaFiles))
  const openApiDocument = createOpenApiDocument()
  app.get('/openapi.json', (_request, response) => void response.json(openApiDocument))
  app.use(
    '/v1',
    createAuthentication(ports.callers, createFailureLimit(ports.rateLimits.failedSignInsPerMinutePerAddress)),
  )
  app.use('/v1', limitRequestsPerKey(ports.rateLimits.requestsPerMinutePerKey))
  app.use(createRouter(createHandlers(ports)))
  app.use((_request, _response, next) => next(new ApiProblem({ code: 'not-found' })))
  app.use(createProblemExit(ports.logger))
  return app
}
