import type { Request, RequestHandler, Response } from 'express'
import { Secret } from '#shared/domain/secret.ts'
import { hashApiKey, isApiKeyShaped } from '../directory/api-key.ts'
import type { Caller, CallerStore } from '../stores/ports.ts'
import { ApiProblem } from './problem.ts'
import { createSharedLookup } from './shared-lookup.ts'

/** The limit on refused requests of an address; good keys never count. */
export interface FailureLimit {
  /** Counts a failure; passes on `rate-limited` when it is one too many. */
  readonly count: RequestHandler
  /** Whether another failure from this address would be one too many. */
  isReached(request: Request): Promise<boolean>
}

/**
 * Bearer authentication. Each refused request counts as a failure of its address. Over the limit an address
 * is not shut out, as good keys may share it: its keys are looked up many in one query, and wait for that.
 */
export function createAuthentication(
  callers: Pick<CallerStore, 'findByKeyHashes'>,
  failures: FailureLimit,
): RequestHandler {
  const findShared = createSharedLookup(callers)
  const find = async (request: Request, keyHash: Buffer): Promise<Caller | null> => {
    if (await failures.isReached(request)) return findShared(keyHash)
    return (await callers.findByKeyHashes([keyHash])).get(keyHash.toString('hex')) ?? null
  }
  return async (request, response, next) => {
    const key = bearerToken(request.get('authorization'))
    const caller = key === null ? null : await find(request, hashApiKey(key))
    if (caller !== null) {
      response.locals['caller'] = caller
      next()
      return
    }
    const refusal = new ApiProblem({ code: 'unauthenticated' }, { headers: { 'WWW-Authenticate': 'Bearer' } })
    await failures.count(request, response, (error?: unknown) => next(error ?? refusal))
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
