import type { Result } from '#shared/domain/result.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'

/** A call over the bridge whose breaking (a bug in main, or main gone) is one more problem to show. */
export function settled<T>(call: Promise<Result<T, AppProblem>>): Promise<Result<T, AppProblem>> {
  return call.catch(() => ({ ok: false, error: { code: 'unexpected' } }))
}
