import type { PreferencesChange } from '#shared/ipc/preferences.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { useState } from 'react'
import { settled } from '../../bridge/settled.ts'
import { useStores } from '../../store/stores-context.tsx'

/** Changes preferences; the switches follow main. `problem`: why the last change was not taken. */
export function useChangePreferences() {
  const { bridge } = useStores()
  const [problem, setProblem] = useState<AppProblem | null>(null)
  const change = async (part: PreferencesChange) => {
    const answer = await settled(bridge.changePreferences(part))
    setProblem(answer.ok ? null : answer.error)
  }
  return { problem, change: (part: PreferencesChange) => void change(part) }
}
