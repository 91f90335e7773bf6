import type { ErrorRequestHandler, Response } from 'express'
import { PROBLEM_TYPE_BASE, type ProblemDetails, problems } from '#shared/contract/problems.ts'
import { isDatabaseUnavailable } from '../db/pool.ts'
import type { Logger } from '../logger.ts'
import { ApiProblem, type Problem } from './problem.ts'
import { requestIdOf } from './request-log.ts'

const UNAVAILABLE_RETRY_SECONDS = '5'

/** The one place where an error becomes an answer. Only codes of the contract leave; causes go to the log. */
export function createProblemExit(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const problem = toApiProblem(error)
    const { status } = problems[problem.problem.code]
    // A client's mistake is not logged with its cause: a JSON error quotes the body.
    if (status >= 500) logger.error({ err: error, requestId: requestIdOf(response) }, 'request failed')
    if (response.headersSent) {
      response.destroy()
      return
    }
    response.set(problem.headers)
    sendProblem(response, problem.problem)
  }
}

function sendProblem(response: Response, problem: Problem): void {
  const { status, title } = problems[problem.code]
  const details: ProblemDetails = {
    type: PROBLEM_TYPE_BASE + problem.code,
    title,
    status,
    code: problem.code,
    instance: requestIdOf(response),
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    ...(problem.errors === undefined ? {} : { errors: [...problem.errors] }),
    ...(problem.migrationId === undefined ? {} : { migrationId: problem.migrationId }),
  }
  // As a buffer: `send` would add a charset, which application/problem+json does not have.
  response
    .status(status)
    .set('Content-Type', 'application/problem+json')
    .send(Buffer.from(JSON.stringify(details)))
}

function toApiProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  if (isDatabaseUnavailable(error)) {
    return new ApiProblem({ code: 'unavailable' }, { headers: { 'Retry-After': UNAVAILABLE_RETRY_SECONDS } })
  }
  switch (clientErrorStatus(error)) {
    case null:
      return new ApiProblem({ code: 'internal' })
    case 413:
      return new ApiProblem({ code: 'payload-too-large' })
    case 415:
      return new ApiProblem({ code: 'unsupported-media-type' })
    default:
      return new ApiProblem({ code: 'malformed-request' })
  }
}

/** The 4xx that Express' own parsers and router put on their errors. */
function clientErrorStatus(error: unknown): number | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null
  return error.status >= 400 && error.status < 500 ? error.status : null
}
