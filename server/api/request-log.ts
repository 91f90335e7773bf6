import { randomUUID } from 'node:crypto'
import type { RequestHandler, Response } from 'express'
import { REQUEST_ID_HEADER } from '#shared/contract/headers.ts'
import type { Logger } from '../logger.ts'
import { findCaller } from './authentication.ts'

const acceptedId = /^[A-Za-z0-9._-]{8,64}$/

/**
 * Gives each request an id (the caller's own, if it is a sane one) and logs one line when it is answered.
 * Neither bodies nor addresses as typed are logged: a person may paste anything into them.
 */
export function createRequestLog(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const given = request.get(REQUEST_ID_HEADER)
    const requestId = given !== undefined && acceptedId.test(given) ? given : randomUUID()
    response.locals['requestId'] = requestId
    response.set(REQUEST_ID_HEADER, requestId)
    const begin = performance.now()
    // A failed write is a bug in one answer; without a listener it would end the process and all others.
    response.on('error', (error) => logger.error({ err: error, requestId }, 'bug: an answer could not be written'))
    response.once('close', () => {
      const caller = findCaller(response)
      logger.info(
        {
          requestId,
          method: request.method,
          route: routeOf(request.route),
          status: response.statusCode,
          isComplete: response.writableFinished,
          durationMs: Math.round(performance.now() - begin),
          ...(caller === null ? {} : { accountId: caller.account.id, keyId: caller.keyId }),
        },
        'request',
      )
    })
    next()
  }
}

export function requestIdOf(response: Response): string {
  return String(response.locals['requestId'])
}

function routeOf(route: unknown): string {
  return typeof route === 'object' && route !== null && 'path' in route ? String(route.path) : 'none'
}
