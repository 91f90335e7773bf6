import { checkSecretAccessKey } from '#shared/domain/source-field-rules.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { type RefObject, useEffect, useState } from 'react'
import { useStores } from '../../store/stores-context.tsx'
import { applyFix, checkAnswered, checkProgressed, checkStarted, sourceProblems } from './source-model.ts'
import { type FieldFix, showProblems } from './wizard-state.ts'

export interface SourceChecking {
  /** Judges the fields; if they are sound, asks main to look at the source. */
  readonly check: () => Promise<void>
  /** Applies a finding's fix and checks again: one click. */
  readonly fixAndCheck: (fix: FieldFix) => void
  readonly stop: () => void
  /** Goes on with what has been counted so far. */
  readonly stopCounting: () => void
  /** The check itself broke, which is no fault of the source. */
  readonly failure: AppProblem | null
}

export function useSourceCheck(secretInput: RefObject<HTMLInputElement | null>): SourceChecking {
  const { bridge, wizard } = useStores()
  const [failure, setFailure] = useState<AppProblem | null>(null)

  useEffect(
    () =>
      bridge.onNotice('sourceCheckProgressed', (progress) => {
        wizard.update((held) => checkProgressed(held, progress))
      }),
    [bridge, wizard],
  )

  const check = async () => {
    const state = wizard.state.getState()
    const secret = checkSecretAccessKey(secretInput.current?.value ?? '')
    const problems = [...sourceProblems(state), ...(secret.ok ? [] : [secret.error])]
    setFailure(null)
    if (!secret.ok || problems.length > 0) {
      wizard.update((held) => showProblems(held, problems))
      return
    }
    const draft = { ...state.source }
    wizard.update((held) => checkStarted(held, draft))
    try {
      const answer = await bridge.checkSource({ draft, secretAccessKey: secret.value })
      wizard.update((held) => checkAnswered(held, draft, answer))
    } catch {
      wizard.update((held) => checkAnswered(held, draft, { kind: 'stopped' }))
      setFailure({ code: 'unexpected' })
    }
  }

  const fixAndCheck = (fix: FieldFix) => {
    wizard.update((state) => applyFix(state, fix))
    void check()
  }

  return {
    check,
    fixAndCheck,
    stop: () => void bridge.stopSourceCheck(null),
    stopCounting: () => void bridge.endSourceCount(null),
    failure,
  }
}
