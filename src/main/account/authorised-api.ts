import type { EndpointName, ResponseOf } from '#shared/contract/endpoints.ts'
import { err, type Result } from '#shared/domain/result.ts'
import type { Secret } from '#shared/domain/secret.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { ApiClient } from '../api/api-client.ts'
import type { CallInput, FileEndpointName } from '../api/api-request.ts'
import type { DownloadTarget, FileFacts } from '../api/file-download.ts'

/** The API in the name of whoever is signed in at the call. */
export type AuthorisedApi = <N extends EndpointName>(
  name: N,
  input: CallInput<N>,
  /** Ends the call early. */
  signal?: AbortSignal,
) => Promise<Result<ResponseOf<N>, AppProblem>>

/** What one person began: every call carries their key and no other, however long the work takes. */
export interface AccountCalls {
  /** Answers `signed-out` once they have left, also for a call that was on its way then. */
  readonly call: AuthorisedApi
  readonly download: <N extends FileEndpointName>(
    name: N,
    input: CallInput<N>,
    target: DownloadTarget,
  ) => Promise<Result<FileFacts, AppProblem>>
  /** They have left: nothing begun for them may be sent, shown or kept any more. Ask after every await. */
  readonly isOver: () => boolean
}

interface AccountCallsPorts {
  readonly api: ApiClient
  /** Another `Secret` after each sign-in, even with the same text: it stands for the stay of one person. */
  readonly apiKey: () => Secret | null
  readonly onKeyRefused: (refusedKey: Secret, problem: AppProblem) => void
  readonly onAnswered: () => void
}

type Answer<T> = Promise<Result<T, AppProblem>>

/** The returned function binds to whoever is signed in now; a key that is not accepted any more ends their session (E10). */
export function createAccountCalls(ports: AccountCallsPorts): () => AccountCalls {
  const { api, apiKey, onKeyRefused, onAnswered } = ports
  return () => {
    const key = apiKey()
    const isOver = (): boolean => key === null || apiKey() !== key
    const inTheirName = async <T>(ask: (key: Secret) => Answer<T>): Answer<T> => {
      if (key === null || isOver()) return err({ code: 'signed-out' })
      const answer = await ask(key)
      if (isOver()) return err({ code: 'signed-out' })
      if (answer.ok) onAnswered()
      else if (answer.error.code === 'unauthenticated') onKeyRefused(key, answer.error)
      return answer
    }
    return {
      isOver,
      call: (name, input, signal) => inTheirName((own) => api.call(name, own, input, signal)),
      download: (name, input, target) => inTheirName((own) => api.download(name, own, input, target)),
    }
  }
}

/** For work of one call. */
export function createAuthorisedApi(beginCalls: () => AccountCalls): AuthorisedApi {
  return (name, input, signal) => beginCalls().call(name, input, signal)
}
