import express, { type NextFunction, type Request, type Response, Router } from 'express'
import { type Endpoint, type EndpointName, endpoints } from '#shared/contract/endpoints.ts'
import { MAX_BODY_BYTES } from '#shared/contract/headers.ts'
import type { Result } from '#shared/domain/result.ts'
import { callerOf } from './authentication.ts'
import { type Call, parseRequest } from './calls.ts'
import { ApiProblem, type Problem } from './problem.ts'

/** These take over the response. */
type StreamName = 'streamMigration' | 'getReport'
type ResponseInput<N extends EndpointName> = (typeof endpoints)[N]['response']['_zod']['input']

/** One per endpoint of the contract: a missing or superfluous one does not compile. */
export type Handlers = {
  readonly [N in Exclude<EndpointName, StreamName>]: (call: Call<N>) => Promise<Result<ResponseInput<N>, Problem>>
} & {
  /** An error only before the first byte. */
  readonly [N in StreamName]: (call: Call<N>, request: Request, response: Response) => Promise<Result<null, Problem>>
}

// `strict: false` lets any JSON through to the schemas, which say what is wrong with it.
const parseJson = express.json({ limit: MAX_BODY_BYTES, strict: false, inflate: false })

/** The routes of the contract's table, behind authentication. */
export function createRouter(handlers: Handlers): Router {
  const router = Router({ caseSensitive: true, strict: true })
  for (const [name, endpoint] of Object.entries(endpoints) as [EndpointName, Endpoint][]) {
    const method = endpoint.method.toLowerCase() as Lowercase<Endpoint['method']>
    const parsers = endpoint.body === undefined ? [] : [requireJson, parseJson]
    router[method](endpoint.path, ...parsers, (request: Request, response: Response) =>
      answer(handlers, name, request, response),
    )
  }
  for (const [path, allowed] of methodsByPath()) {
    router.all(path, (_request, _response, next) =>
      next(new ApiProblem({ code: 'method-not-allowed' }, { headers: { Allow: allowed } })),
    )
  }
  return router
}

async function answer(handlers: Handlers, name: EndpointName, request: Request, response: Response): Promise<void> {
  const endpoint: Endpoint = endpoints[name]
  const parsed = parseRequest(endpoint, request)
  if (!parsed.ok) throw new ApiProblem(parsed.error)
  if (endpoint.isEventStream === true && request.method === 'HEAD') {
    response.status(200).set('Content-Type', 'text/event-stream').end()
    return
  }
  // Safe: the parts were parsed by the schemas of this very endpoint.
  const call = { caller: callerOf(response), ...parsed.value } as never
  const outcome = await handlers[name](call, request, response)
  if (!outcome.ok) throw new ApiProblem(outcome.error)
  if (endpoint.isEventStream === true || endpoint.isFile === true) return
  // Parsed on the way out as well: no field leaves that the contract does not name.
  response.status(endpoint.status).set('Cache-Control', 'no-store').json(endpoint.response.parse(outcome.value))
}

function requireJson(request: Request, _response: Response, next: NextFunction): void {
  // Null means there is no body; the schema will say what it wants.
  next(request.is('application/json') === false ? new ApiProblem({ code: 'unsupported-media-type' }) : undefined)
}

function methodsByPath(): ReadonlyMap<string, string> {
  const methods = new Map<string, string>()
  for (const { path, method } of Object.values(endpoints)) {
    const known = methods.get(path)
    const own = method === 'GET' ? 'GET, HEAD' : method
    methods.set(path, known === undefined ? own : `${known}, ${own}`)
  }
  return methods
}
