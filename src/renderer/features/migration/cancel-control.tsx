import type { MigrationView } from '#shared/contract/schemas.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { useEffect, useRef, useState } from 'react'
import { settled } from '../../bridge/settled.ts'
import { closingTexts, migrationCopy } from '../../copy/migration.ts'
import type { LivePhase } from '../../presenters/migration-presenter.ts'
import { useStores, useViewState } from '../../store/stores-context.tsx'
import { Button } from '../../ui/button.tsx'
import { ActionSpacer } from '../../ui/screen.tsx'
import { ProblemBanner } from '../shell/problem-banner.tsx'
import styles from './cancel-control.module.css'

interface CancelControlProps {
  readonly migration: MigrationView
  readonly phase: LivePhase
}

/** `Cancel migration` (S15), which asks once more in place. */
export function CancelControl({ migration, phase }: CancelControlProps) {
  const isCancelling = phase === 'cancelling'
  const { bridge, view } = useStores()
  const isAsked = useViewState((state) => state.isCancelAsked) && !isCancelling
  const [problem, setProblem] = useState<AppProblem | null>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const wasAsked = useRef(isAsked)
  useEffect(() => {
    if (wasAsked.current && !isAsked) opener.current?.focus()
    wasAsked.current = isAsked
  }, [isAsked])

  const ask = (isCancelAsked: boolean) => {
    setProblem(null)
    view.setState({ isCancelAsked })
  }
  const cancel = async () => {
    ask(false)
    const answer = await settled(bridge.cancelMigration({ migrationId: migration.id }))
    if (!answer.ok) setProblem(answer.error)
  }

  if (isAsked)
    return (
      <CancelQuestion bucket={migration.destination.bucket} onKeep={() => ask(false)} onCancel={() => void cancel()} />
    )
  return (
    <>
      <ActionSpacer>{problem === null ? closingTexts[phase] : <ProblemBanner problem={problem} />}</ActionSpacer>
      <Button ref={opener} isPending={isCancelling} onPress={() => ask(true)}>
        {isCancelling ? migrationCopy.cancelling : migrationCopy.cancel}
      </Button>
    </>
  )
}

interface CancelQuestionProps {
  readonly bucket: string
  readonly onKeep: () => void
  readonly onCancel: () => void
}

/** In the action bar instead of over the page, so that the numbers stay in view. Escape keeps copying. */
function CancelQuestion({ bucket, onKeep, onCancel }: CancelQuestionProps) {
  return (
    <div
      className={styles['question']}
      role="alertdialog"
      aria-labelledby="cancel-title"
      aria-describedby="cancel-text"
      onKeyDown={(event) => event.key === 'Escape' && onKeep()}
    >
      <div className={styles['words']}>
        <p id="cancel-title" className={styles['title']}>
          {migrationCopy.cancelTitle}
        </p>
        <p id="cancel-text" className={styles['text']}>
          {migrationCopy.cancelText(bucket)}
        </p>
      </div>
      <div className={styles['buttons']}>
        <Button autoFocus onPress={onKeep}>
          {migrationCopy.keepCopying}
        </Button>
        <Button variant="danger" onPress={onCancel}>
          {migrationCopy.cancel}
        </Button>
      </div>
    </div>
  )
}
