import { pipeline } from 'node:stream/promises'
import type { EndpointName, ResponseOf } from '#shared/contract/endpoints.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { Secret } from '#shared/domain/secret.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { type AccountCalls, type AuthorisedApi, createAccountCalls, createAuthorisedApi } from '../../../../src/main/account/authorised-api.ts'
import type { ApiClient } from '../../../../src/main/api/api-client.ts'

export interface FakeCall {
  readonly name: EndpointName
  readonly apiKey: string
  readonly input: unknown
}

interface FakeFile {
  readonly text: string
  readonly sha256: string
}

type Answer<N extends EndpointName> = Result<ResponseOf<N>, AppProblem>
type AnyAnswer = () => Result<unknown, AppProblem> | Promise<Result<unknown, AppProblem>>

/** The API client with answers a test sets, one after the other; the last one set goes on for ever. */
export interface FakeApiClient extends ApiClient {
  readonly calls: FakeCall[]
  readonly answer: <N extends EndpointName>(name: N, ...answers: (Answer<N> | (() => Promise<Answer<N>>))[]) => void
  readonly answerFile: (file: FakeFile) => void
  /** Who is signed in; `null` for nobody. */
  apiKey: Secret | null
  readonly beginCalls: () => AccountCalls
  readonly authorised: AuthorisedApi
}

export function createFakeApiClient(): FakeApiClient {
  const answers = new Map<EndpointName, AnyAnswer[]>()
  const calls: FakeCall[] = []
  const take = async (name: EndpointName, apiKey: string, input: unknown): Promise<Result<never, AppProblem>> => {
    calls.push({ name, apiKey, input })
    const waiting = answers.get(name) ?? []
    const next = waiting.length > 1 ? waiting.shift() : waiting[0]
    return ((await next?.()) ?? err({ code: 'not-found' })) as Result<never, AppProblem>
  }
  const client: ApiClient = {
    call: (name, apiKey, input) => take(name, apiKey.reveal(), input),
    download: async (name, apiKey, input, { openSink }) => {
      const answer: Result<FakeFile, AppProblem> = await take(name, apiKey.reveal(), input)
      if (!answer.ok) return answer
      await pipeline([answer.value.text], await openSink())
      return ok({ bytes: answer.value.text.length, sha256: answer.value.sha256 })
    },
  }
  const beginCalls = createAccountCalls({
    api: client,
    apiKey: () => fake.apiKey,
    onKeyRefused: () => undefined,
    onAnswered: () => undefined,
  })
  const fake: FakeApiClient = {
    calls,
    apiKey: Secret.of('cck_a'),
    answer: (name, ...next) =>
      void answers.set(name, next.map((answer): AnyAnswer => (typeof answer === 'function' ? answer : () => answer))),
    answerFile: (file) => void answers.set('getReport', [() => ok(file)]),
    ...client,
    beginCalls,
    authorised: createAuthorisedApi(beginCalls),
  }
  return fake
}
