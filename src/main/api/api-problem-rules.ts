import { type ProblemCode, problemDetailsSchema, problems } from '#shared/contract/problems.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'

const tlsCode = /CERT|^ERR_TLS|^ERR_SSL|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|^EPROTO$/

/** E10: no answer came. `code` is Node's error code, e.g. `ECONNREFUSED`. */
export function problemFromNetworkError(code: string | undefined): AppProblem {
  const reference = code === undefined ? {} : { reference: code }
  return { code: code !== undefined && tlsCode.test(code) ? 'api-tls-untrusted' : 'api-unreachable', ...reference }
}

/**
 * E10: an answer with an error status. A problem document of ours keeps its code; what proxies and captive
 * portals say is told from the status alone.
 */
export function problemFromErrorResponse(status: number, body: string): AppProblem {
  const details = problemDetailsSchema.safeParse(parseJson(body))
  if (!details.success) {
    const reference = `HTTP ${String(status)}`
    if (status === 429) return { code: 'rate-limited', reference }
    return { code: status >= 502 && status <= 504 ? 'unavailable' : 'api-not-understood', reference }
  }
  const { code, errors, migrationId, instance } = details.data
  const fields = errors?.flatMap(({ field, code: fieldCode }) => (field === null ? [] : [{ field, code: fieldCode }]))
  return {
    code,
    ...(fields === undefined || fields.length === 0 ? {} : { fields }),
    ...(migrationId === undefined ? {} : { migrationId }),
    ...(instance === undefined ? {} : { reference: instance }),
  }
}

export const notUnderstood: AppProblem = { code: 'api-not-understood' }

/** The API or the way to it is the trouble, so the same call may well work later. */
export function isConnectionProblem({ code }: AppProblem): boolean {
  if (code === 'api-unreachable' || code === 'api-tls-untrusted' || code === 'api-not-understood') return true
  return code in problems && isTemporary(code as ProblemCode)
}

function isTemporary(code: ProblemCode): boolean {
  return problems[code].status >= 500 || problems[code].status === 429
}

/** The parsed text, or undefined when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
