import { type RequestAnswer, type RequestArgument, type RequestName, requests } from '#shared/ipc/channels.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'

/** One function for each row of the channel table. */
export type RequestHandlers = {
  readonly [N in RequestName]: (argument: RequestArgument<N>) => RequestAnswer<N> | Promise<RequestAnswer<N>>
}

export type Refusal = 'untrusted-sender' | 'malformed-argument' | 'handler-failed' | 'malformed-answer'

const unexpected: AppProblem = { code: 'unexpected' }
/** The ways in which answers of the table can say that something went wrong. */
const problemAnswers = [
  { ok: false, error: unexpected },
  { kind: 'refused', problem: unexpected },
]

/**
 * Parses the argument, runs the handler, parses the answer. What fails is told to `onRefused`; the window
 * gets the code `unexpected`, never a text from inside. Throws only where the channel has no way to say so.
 */
export async function answerRequest(
  name: RequestName,
  argument: unknown,
  handlers: RequestHandlers,
  onRefused: (refusal: Refusal, error?: unknown) => void,
): Promise<unknown> {
  const { argument: argumentSchema, answer: answerSchema } = requests[name]
  const parsed = argumentSchema.safeParse(argument)
  if (!parsed.success) {
    onRefused('malformed-argument')
    return unexpectedAnswer(name)
  }
  let answer: unknown
  try {
    // The table ties name, argument and answer together; a union of names loses that.
    answer = await (handlers[name] as (argument: unknown) => unknown)(parsed.data)
  } catch (error) {
    onRefused('handler-failed', error)
    return unexpectedAnswer(name)
  }
  const checked = answerSchema.safeParse(answer)
  if (checked.success) return checked.data
  onRefused('malformed-answer')
  return unexpectedAnswer(name)
}

function unexpectedAnswer(name: RequestName): unknown {
  for (const candidate of problemAnswers) {
    const answer = requests[name].answer.safeParse(candidate)
    if (answer.success) return answer.data
  }
  throw new Error(unexpected.code)
}
