import type { RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import { callerOf } from './authentication.ts'
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

/** Meant for refused requests only (see `createAuthentication`). */
export function limitFailuresPerAddress(limit: number): RequestHandler {
  return limitBy(limit, (request) => ipKeyGenerator(request.ip ?? '', IPV6_PREFIX))
}

function limitBy(limit: number, keyOf: (...exchange: Parameters<RequestHandler>) => string): RequestHandler {
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
