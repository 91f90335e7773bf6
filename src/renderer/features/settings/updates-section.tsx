import type { RequestAnswer } from '#shared/ipc/channels.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { UpdateState } from '#shared/ipc/updates.ts'
import { useState } from 'react'
import { settled } from '../../bridge/settled.ts'
import { updatesCopy, updateWords } from '../../copy/updates.ts'
import { useAppState, useStores } from '../../store/stores-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useNow } from '../../ui/use-now.ts'
import { ProblemBanner } from '../shell/problem-banner.tsx'
import styles from './settings.module.css'
import { SettingsCard, SettingsSection } from './settings-section.tsx'

const MINUTE_MS = 60_000

/** B13: which version this is, and how it stands with a newer one. */
export function UpdatesSection() {
  const version = useAppState(({ facts }) => facts?.appVersion ?? '')
  const state = useAppState(({ snapshot }) => snapshot?.updates ?? null)
  const { problem, check, restart } = useUpdates(state?.kind ?? null)
  const now = useNow(true, MINUTE_MS)
  if (state === null) return null
  return (
    <SettingsSection title={updatesCopy.title}>
      <SettingsCard>
        <div className={styles['row']}>
          <div className={styles['rowBody']}>
            <span data-selectable>{updatesCopy.version(version)}</span>
            {/* Percents are not read out one by one. */}
            <span className={styles['detail']} role="status" aria-live={state.kind === 'downloading' ? 'off' : 'polite'}>
              {state.kind === 'failed' && <Icon name="warning" size="small" />} {updateWords(state, now)}
            </span>
          </div>
          <UpdateButton state={state} onCheck={check} onRestart={restart} />
        </div>
      </SettingsCard>
      <ProblemBanner problem={problem} />
    </SettingsSection>
  )
}

interface UpdateButtonProps {
  readonly state: UpdateState
  readonly onCheck: () => void
  readonly onRestart: () => void
}

function UpdateButton({ state, onCheck, onRestart }: UpdateButtonProps) {
  if (state.kind === 'off' || state.kind === 'downloading') return null
  if (state.kind === 'ready') {
    return (
      <Button size="small" onPress={onRestart}>
        {updatesCopy.restart}
      </Button>
    )
  }
  const isChecking = state.kind === 'checking'
  return (
    <Button size="small" isPending={isChecking} onPress={onCheck}>
      {isChecking ? updatesCopy.checking : updatesCopy.check}
    </Button>
  )
}

/** What was in the way is told until it goes on: a check that was held back runs by itself. */
function useUpdates(kind: UpdateState['kind'] | null) {
  const { bridge } = useStores()
  const [problem, setProblem] = useState<AppProblem | null>(null)
  const [kindBefore, setKindBefore] = useState(kind)
  if (kind !== kindBefore) {
    setKindBefore(kind)
    setProblem(null)
  }
  const ask = async (request: Promise<RequestAnswer<'checkForUpdates'>>) => {
    const answer = await settled(request)
    setProblem(answer.ok ? null : answer.error)
  }
  return {
    problem,
    check: () => void ask(bridge.checkForUpdates(null)),
    restart: () => void ask(bridge.restartToUpdate(null)),
  }
}
