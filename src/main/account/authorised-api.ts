import type { EndpointName, ResponseOf } from '#shared/contract/endpoints.ts'
import { err, type Result } from '#shared/domain/result.ts'
import type { Secret } from '#shared/domain/secret.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { ApiClient, CallInput } from '../api/api-client.ts'

/** The API in the name of whoever is signed in. */
export type AuthorisedApi = <N extends EndpointName>(
  name: N,
  input: CallInput<N>,
) => Promise<Result<ResponseOf<N>, AppProblem>>

interface AuthorisedApiPorts {
  readonly api: ApiClient
  readonly apiKey: () => Secret | null
  readonly onKeyRefused: (refusedKey: Secret, problem: AppProblem) => void
  readonly onAnswered: () => void
}

/** Adds the key to each call; a key that is not accepted any more ends the session (E10). */
export function createAuthorisedApi({ api, apiKey, onKeyRefused, onAnswered }: AuthorisedApiPorts): AuthorisedApi {
  return async (name, input) => {
    const key = apiKey()
    if (key === null) return err({ code: 'signed-out' })
    const answer = await api.call(name, key, input)
    if (answer.ok) onAnswered()
    else if (answer.error.code === 'unauthenticated') onKeyRefused(key, answer.error)
    return answer
  }
}
