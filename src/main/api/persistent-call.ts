import type { Result } from '#shared/domain/result.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { isConnectionProblem, problemFromNetworkError } from './api-problem-rules.ts'
import type { Attempt } from './attempt.ts'
import { backoffMs } from './backoff-rules.ts'
import type { ConnectionReturns } from './connection-returns.ts'

/** An answer that is later than this is missed: it is said, and looked after, while the call is still out. */
export const PATIENCE_MS = 3_000

interface PersistentCall<T> {
  readonly ask: (signal: AbortSignal) => Promise<Result<T, AppProblem>>
  readonly attempt: Attempt
  readonly returns: Pick<ConnectionReturns, 'next'>
  /** Why there is no answer yet. */
  readonly onProblem: (problem: AppProblem) => void
  readonly random: () => number
}

/**
 * Asks until there is an answer for which the connection is not to blame; null when the attempt is over before. A
 * connection that comes back ends the wait, and a call that is still out as well.
 */
export async function askUntilAnswered<T>(call: PersistentCall<T>): Promise<Result<T, AppProblem> | null> {
  const { ask, attempt, returns, onProblem, random } = call
  for (let failures = 1; !attempt.isOver(); failures++) {
    const returned = returns.next()
    const missed = setTimeout(() => onProblem(notAnswering), PATIENCE_MS)
    const answer = await ask(AbortSignal.any([attempt.signal, returned])).finally(() => clearTimeout(missed))
    if (attempt.isOver()) return null
    if (answer.ok || !isConnectionProblem(answer.error)) return answer
    if (returned.aborted) continue
    onProblem(answer.error)
    await attempt.pause(backoffMs(failures, random()), returned)
  }
  return null
}

const notAnswering = problemFromNetworkError('ETIMEDOUT')
