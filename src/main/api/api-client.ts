import type { OptionsOfTextResponseBody, Response } from 'got'
import { type Endpoint, type EndpointName, endpoints, type ResponseOf } from '#shared/contract/endpoints.ts'
import { IDEMPOTENCY_KEY_HEADER } from '#shared/contract/headers.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Secret } from '#shared/domain/secret.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { notUnderstood, parseJson, problemFromErrorResponse, problemFromNetworkError } from './api-problem-rules.ts'
import { type ApiClientOptions, apiHeaders, callUrl, type CallInput, openingTimeout, ownLine } from './api-request.ts'
import { createFileDownload, type DownloadFile } from './file-download.ts'

/** The hosted API, one method for each row of the endpoint table. Never throws for what the network or API does. */
export interface ApiClient {
  readonly call: <N extends EndpointName>(
    name: N,
    apiKey: Secret,
    input: CallInput<N>,
    /** Ends the call early; the answer is then `api-unreachable`. Whoever gives it tries again themselves. */
    signal?: AbortSignal,
  ) => Promise<Result<ResponseOf<N>, AppProblem>>
  readonly download: DownloadFile
}

const MAX_ANSWER_BYTES = 4 * 1024 * 1024
/** `request` bounds one try as a whole; the others tell early that nobody is there. Milliseconds. */
const timeout = { ...openingTimeout, request: 20_000 }
const RETRIES = 2
const RETRY_STATUS_CODES = [502, 503, 504]

export function createApiClient(options: ApiClientOptions): ApiClient {
  const { origin, userAgent } = options
  return {
    download: createFileDownload(options),
    call: async (name, apiKey, input, signal) => {
      const endpoint: Endpoint = endpoints[name]
      const { body, idempotencyKey, ...place } = input as AnyInput
      const answer = await send(callUrl(endpoint, place, origin), signal, {
        method: endpoint.method,
        headers: {
          ...apiHeaders(apiKey, userAgent),
          ...(idempotencyKey === undefined ? {} : { [IDEMPOTENCY_KEY_HEADER]: idempotencyKey }),
        },
        ...(body === undefined ? {} : { json: body }),
        // What may be sent twice without happening twice.
        retry: retryRules(signal === undefined && (endpoint.method === 'GET' || idempotencyKey !== undefined)),
      })
      return answer.ok ? readAnswer(answer.value, endpoint) : answer
    },
  }
}

interface AnyInput {
  readonly params?: object
  readonly query?: object
  readonly body?: unknown
  readonly idempotencyKey?: string
}

function retryRules(isRepeatable: boolean): NonNullable<OptionsOfTextResponseBody['retry']> {
  if (!isRepeatable) return { limit: 0 }
  return { limit: RETRIES, methods: ['GET', 'POST'], statusCodes: RETRY_STATUS_CODES, maxRetryAfter: 5_000 }
}

async function send(
  url: URL,
  signal: AbortSignal | undefined,
  options: OptionsOfTextResponseBody,
): Promise<Result<Response<string>, AppProblem>> {
  const { default: got, RequestError } = await import('got')
  const limit = new AbortController()
  try {
    const request = got(url, {
      ...options,
      agent: ownLine,
      timeout,
      signal: signal === undefined ? limit.signal : AbortSignal.any([limit.signal, signal]),
      throwHttpErrors: false,
      // The API never redirects; whoever does must not be given the key.
      followRedirect: false,
    })
    void request.on('downloadProgress', ({ transferred }) => {
      if (transferred > MAX_ANSWER_BYTES) limit.abort()
    })
    return ok(await request)
  } catch (error) {
    if (limit.signal.aborted) return err(notUnderstood)
    if (error instanceof RequestError) return err(problemFromNetworkError(error.code))
    throw error
  }
}

function readAnswer<N extends EndpointName>(
  response: Response<string>,
  endpoint: Endpoint,
): Result<ResponseOf<N>, AppProblem> {
  if (response.statusCode >= 400) return err(problemFromErrorResponse(response.statusCode, response.body))
  const parsed = endpoint.response.safeParse(parseJson(response.body))
  if (response.statusCode !== endpoint.status || !parsed.success) return err(notUnderstood)
  return ok(parsed.data as ResponseOf<N>)
}
