import { useState } from 'react'
import { useStores } from '../../store/stores-context.tsx'
import { callOff, notRun, type RunAgainState, takeAnswer } from './run-again-model.ts'

export interface RunAgain {
  readonly state: RunAgainState
  /** Null: with the secret in the keychain. Answers whether the migration has started. */
  readonly run: (secret: { readonly text: string; readonly isRemembered: boolean } | null) => Promise<boolean>
  /** Puts the question away; what is under way is stopped. */
  readonly leave: () => void
}

/** B4: starts the same migration once more. The window follows to the new one by itself. */
export function useRunAgain(migrationId: string): RunAgain {
  const { app, bridge, view } = useStores()
  const [state, setState] = useState<RunAgainState>(() => notRun(crypto.randomUUID()))

  const run: RunAgain['run'] = async (secret) => {
    setState({ ...state, step: { kind: 'running' } })
    const answer = await bridge
      .runAgain({
        migrationId,
        secretAccessKey: secret?.text ?? null,
        isSecretRemembered: secret?.isRemembered ?? false,
        dispatchKey: state.dispatchKey,
      })
      .catch(() => ({ kind: 'refused', problem: { code: 'unexpected' } }) as const)
    setState((held) => takeAnswer(held, answer, crypto.randomUUID()))
    if (answer.kind !== 'started') return false
    view.setState({ rememberProblem: answer.rememberProblem })
    await app.refresh()
    return true
  }

  const leave = () => {
    if (state.step.kind === 'running') void bridge.stopSourceCheck(null)
    setState(callOff)
  }
  return { state, run, leave }
}
