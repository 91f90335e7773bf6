import type { RequestAnswer } from '#shared/ipc/channels.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { SourceCheck } from '#shared/ipc/source-check.ts'

/** Where an attempt to run a migration again stands. */
export interface RunAgainState {
  readonly step:
    | { readonly kind: 'idle' | 'running' }
    | { readonly kind: 'source'; readonly check: SourceCheck }
    | { readonly kind: 'refused'; readonly problem: AppProblem }
  /** The keychain has no secret for the source, or not the right one: the person is asked for it. */
  readonly isSecretAsked: boolean
  /** One for all tries, so that a retry after a lost answer starts nothing twice. */
  readonly dispatchKey: string
}

export function notRun(dispatchKey: string): RunAgainState {
  return { step: { kind: 'idle' }, isSecretAsked: false, dispatchKey }
}

/** After main's answer. `freshKey` replaces a dispatch key that the API has seen with another request. */
export function takeAnswer(state: RunAgainState, answer: RequestAnswer<'runAgain'>, freshKey: string): RunAgainState {
  switch (answer.kind) {
    case 'started':
      // Still at work: the window is about to follow to the new migration.
      return state
    case 'secret-needed':
      return { ...state, step: { kind: 'idle' }, isSecretAsked: true }
    case 'source':
      return {
        ...state,
        step: { kind: 'source', check: answer.check },
        isSecretAsked: state.isSecretAsked || isSecretRefused(answer.check),
      }
    case 'refused': {
      const isKeySpent = answer.problem.code === 'idempotency-key-reused'
      return {
        ...state,
        step: { kind: 'refused', problem: answer.problem },
        dispatchKey: isKeySpent ? freshKey : state.dispatchKey,
      }
    }
  }
}

function isSecretRefused(check: SourceCheck): boolean {
  if (check.kind === 'fields') return check.fieldProblems.some(({ field }) => field === 'secretAccessKey')
  return check.kind === 'blocked' && check.findings.some(({ code }) => code === 'signature-mismatch')
}
