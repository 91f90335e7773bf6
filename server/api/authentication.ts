import type { RequestHandler, Response } from 'express'
import { Secret } from '#shared/domain/secret.ts'
import { hashApiKey, isApiKeyShaped } from '../directory/api-key.ts'
import type { Caller, CallerStore } from '../stores/ports.ts'
import { ApiProblem } from './problem.ts'

/**
 * Bearer authentication. `onFailure` runs for each refused request before the answer and may answer with
 * another problem (the limit on failed attempts); good keys never pass through it.
 */
export function createAuthentication(callers: CallerStore, onFailure: RequestHandler): RequestHandler {
  return async (request, response, next) => {
    const key = bearerToken(request.get('authorization'))
    const caller = key === null ? null : await callers.findByKeyHash(hashApiKey(key))
    if (caller !== null) {
      response.locals['caller'] = caller
      next()
      return
    }
    const refusal = new ApiProblem({ code: 'unauthenticated' }, { headers: { 'WWW-Authenticate': 'Bearer' } })
    await onFailure(request, response, (error?: unknown) => next(error ?? refusal))
  }
}

/** The caller of a request that passed authentication. */
export function callerOf(response: Response): Caller {
  const caller = findCaller(response)
  if (caller === null) throw new Error('a route without authentication asked for its caller')
  return caller
}

/** Null before authentication, and when it failed. */
export function findCaller(response: Response): Caller | null {
  return (response.locals['caller'] as Caller | undefined) ?? null
}

function bearerToken(header: string | undefined): Secret | null {
  const token = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1]
  return token !== undefined && isApiKeyShaped(token) ? Secret.of(token) : null
}
