import { z } from 'zod'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { parseJson, problemFromNetworkError } from '../api/api-problem-rules.ts'
import { ownLine } from '../api/api-request.ts'

const healthSchema = z.object({ status: z.literal('ok') })
export const FIND_LIMIT_MS = 5_000
const MAX_ANSWER_BYTES = 4_096

/** Asks whether an API of ours answers there, within five seconds and without any key. */
export async function findApi(origin: string, limitMs: number = FIND_LIMIT_MS): Promise<Result<null, AppProblem>> {
  const { default: got, RequestError } = await import('got')
  const limit = new AbortController()
  try {
    const request = got(new URL('/healthz', origin), {
      agent: ownLine,
      timeout: { request: limitMs },
      retry: { limit: 0 },
      throwHttpErrors: false,
      // Somewhere else is not the address that was typed.
      followRedirect: false,
      headers: { accept: 'application/json' },
      signal: limit.signal,
    })
    void request.on('downloadProgress', ({ transferred }) => {
      if (transferred > MAX_ANSWER_BYTES) limit.abort()
    })
    const { statusCode, body } = await request
    const isApi = statusCode === 200 && healthSchema.safeParse(parseJson(body)).success
    return isApi ? ok(null) : err({ code: 'api-origin-unusable', reference: `HTTP ${String(statusCode)}` })
  } catch (error) {
    if (limit.signal.aborted) return err({ code: 'api-origin-unusable', reference: 'too-much' })
    if (!(error instanceof RequestError)) throw error
    const problem = problemFromNetworkError(error.code)
    return err(problem.code === 'api-tls-untrusted' ? problem : { code: 'api-origin-unusable', reference: error.code })
  }
}
