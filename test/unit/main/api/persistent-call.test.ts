import { describe, expect, it, vi } from 'vitest'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { createAttempt } from '../../../../src/main/api/attempt.ts'
import { backoffMs } from '../../../../src/main/api/backoff-rules.ts'
import { createConnectionReturns } from '../../../../src/main/api/connection-returns.ts'
import { askUntilAnswered, PATIENCE_MS } from '../../../../src/main/api/persistent-call.ts'

const gone = err<AppProblem>({ code: 'api-unreachable' })
type Answer = Result<string, AppProblem>

/** The last of the answers is given for ever; `dead` is a call that ends only when it is told to. */
function setUp(...answers: (Answer | 'dead')[]) {
  const attempt = createAttempt()
  const returns = createConnectionReturns()
  const problems: AppProblem[] = []
  let calls = 0
  const done = askUntilAnswered({
    ask: (signal) => {
      const answer = answers[Math.min(calls++, answers.length - 1)] ?? 'dead'
      if (answer !== 'dead') return Promise.resolve(answer)
      return new Promise<Answer>((resolve) => signal.addEventListener('abort', () => resolve(gone)))
    },
    attempt,
    returns,
    onProblem: (problem) => problems.push(problem),
    random: () => 0,
  })
  return { attempt, returns, problems, done, calls: () => calls }
}

describe('a call that is repeated until it is answered (S18)', () => {
  it('does not wait for its turn when the connection is back', async () => {
    const { returns, problems, done, calls } = setUp(gone, ok('here'))
    await vi.waitFor(() => expect(problems).toHaveLength(1))
    const before = performance.now()
    returns.announce()
    expect(await done).toEqual(ok('here'))
    expect(performance.now() - before).toBeLessThan(backoffMs(1, 1))
    expect(calls()).toBe(2)
  })

  it('says soon that nobody answers, and leaves a dead line when the connection is back', async () => {
    const { returns, problems, done } = setUp('dead', ok('here'))
    await vi.waitFor(() => expect(problems).not.toEqual([]), { timeout: 2 * PATIENCE_MS })
    expect(problems).toEqual([{ code: 'api-unreachable', reference: 'ETIMEDOUT' }])
    returns.announce()
    expect(await done).toEqual(ok('here'))
    expect(problems).toHaveLength(1)
  })

  it('gives back a refusal, which is an answer', async () => {
    expect(await setUp(err({ code: 'unauthenticated' })).done).toEqual(err({ code: 'unauthenticated' }))
  })

  it('is over with its attempt, waiting or asking', async () => {
    for (const { attempt, done } of [setUp(gone), setUp('dead')]) {
      attempt.end()
      expect(await done).toBeNull()
    }
  })
})
