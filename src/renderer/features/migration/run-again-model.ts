import type { RequestAnswer } from '#shared/ipc/channels.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { Finding, SourceCheck } from '#shared/ipc/source-check.ts'

/** Where an attempt to run a migration again stands. */
export interface RunAgainState {
  readonly step:
    /** `stopping`: it was called off, but main has not answered yet. */
    | { readonly kind: 'idle' | 'running' | 'stopping' }
    | { readonly kind: 'source'; readonly check: SourceCheck }
    | { readonly kind: 'refused'; readonly problem: AppProblem }
  /** The keychain has no secret for the source, or not the right one: the person is asked for it. */
  readonly isSecretAsked: boolean
  /** Why the remembered secret is of no use; null: none was kept. */
  readonly secretProblem: AppProblem | null
  /** One for all tries, so that a retry after a lost answer starts nothing twice. */
  readonly dispatchKey: string
}

export function notRun(dispatchKey: string): RunAgainState {
  return { step: { kind: 'idle' }, isSecretAsked: false, secretProblem: null, dispatchKey }
}

/** Of one under way the end is waited for: it may have been too late to call it off. */
export function callOff(state: RunAgainState): RunAgainState {
  return state.step.kind === 'running' ? { ...state, step: { kind: 'stopping' } } : notRun(state.dispatchKey)
}

export function isUnderWay({ step }: RunAgainState): boolean {
  return step.kind === 'running' || step.kind === 'stopping'
}

/** After main's answer. `freshKey` replaces a dispatch key that the API has seen with another request. */
export function takeAnswer(state: RunAgainState, answer: RequestAnswer<'runAgain'>, freshKey: string): RunAgainState {
  const taken = told(state, answer, freshKey)
  return state.step.kind === 'stopping' && answer.kind !== 'started' ? notRun(taken.dispatchKey) : taken
}

function told(state: RunAgainState, answer: RequestAnswer<'runAgain'>, freshKey: string): RunAgainState {
  switch (answer.kind) {
    case 'started':
      // Still at work: the window is about to follow to the new migration.
      return state
    case 'secret-needed':
      // No secret fits an access key that the source no longer knows.
      if (answer.reason?.reference === keyUnknown.code) {
        return { ...state, step: { kind: 'source', check: { kind: 'blocked', findings: [keyUnknown] } } }
      }
      return { ...state, step: { kind: 'idle' }, isSecretAsked: true, secretProblem: answer.reason }
    case 'source': {
      const step = { kind: 'source', check: answer.check } as const
      if (state.isSecretAsked || !isSecretRefused(answer.check)) return { ...state, step }
      return { ...state, step, isSecretAsked: true, secretProblem: noLongerFits }
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

const keyUnknown: Finding = { code: 'invalid-access-key', severity: 'problem', facts: {}, fixes: [] }

/** The remembered one, as nothing was typed yet. */
const noLongerFits: AppProblem = { code: 'source-not-ready', reference: 'signature-mismatch' }

function isSecretRefused(check: SourceCheck): boolean {
  if (check.kind === 'fields') return check.fieldProblems.some(({ field }) => field === 'secretAccessKey')
  return check.kind === 'blocked' && check.findings.some(({ code }) => code === 'signature-mismatch')
}
