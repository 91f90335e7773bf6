import type { Request, RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit, type RateLimitRequestHandler } from 'express-rate-limit'
import { callerOf, type FailureLimit } from './authentication.ts'
import { ApiProblem } from './problem.ts'

export interface RateLimits {
  readonly requestsPerMinutePerKey: number
  readonly failedSignInsPerMinutePerAddress: number
}

/** An app polls a few times a minute; the rest is room for scripts. Counted in each API process by itself. */
export const defaultRateLimits: RateLimits = { requestsPerMinutePerKey: 600, failedSignInsPerMinutePerAddress: 30 }

const WINDOW_MS = 60_000
const IPV6_PREFIX = 56

export function limitRequestsPerKey(limit: number): RequestHandler {
  return limitBy(limit, (_request, response) => callerOf(response).keyId)
}

export function createFailureLimit(limit: number): FailureLimit {
  const addressOf = (request: Request): string => ipKeyGenerator(request.ip ?? '', IPV6_PREFIX)
  const count = limitBy(limit, addressOf)
  return {
    count,
    isReached: async (request) => {
      const counted = await count.getKey(addressOf(request))
      if (counted === undefined || counted.totalHits < limit) return false
      // A count stays in memory for a while after its minute.
      return counted.resetTime === undefined || counted.resetTime.getTime() > Date.now()
    },
  }
}

function limitBy(limit: number, keyOf: (...exchange: Parameters<RequestHandler>) => string): RateLimitRequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request, response) => keyOf(request, response, () => undefined),
    // It sets Retry-After itself.
    handler: (_request, _response, next) => next(new ApiProblem({ code: 'rate-limited' })),
    // Its start-up checks print to the console; a client that sends X-Forwarded-For could trigger them.
    validate: false,
  })
}
