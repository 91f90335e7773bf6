import type { MigrationView } from '#shared/contract/schemas.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { useEffect, useRef, useState } from 'react'
import { historyCopy } from '../../copy/history.ts'
import { isLivePhase, listedPhase, type OutcomePhase } from '../../presenters/migration-presenter.ts'
import { useAppState, useStores } from '../../store/stores-context.tsx'
import { Button } from '../../ui/button.tsx'
import { migrationHeadingId } from '../migration/heading-id.ts'
import { OutcomeScreen } from '../migration/outcome-screen.tsx'
import { useShowMigration } from '../shell/use-show-migration.ts'
import { HistoryListScreen } from './history-list-screen.tsx'
import { rowsOf } from './history-list.tsx'
import { useHistory } from './use-history.ts'

interface Opened {
  readonly migration: MigrationView
  readonly outcome: OutcomePhase
}

/**
 * B6: all migrations of the account. An ended one opens here, so that the live one stays the current one; the live
 * one opens at its own place. The list keeps its place below what was opened.
 */
export function HistoryScreen() {
  const { view } = useStores()
  const currentId = useAppState(({ snapshot }) => snapshot?.current?.migration.id ?? null)
  const showMigration = useShowMigration()
  const history = useHistory()
  const [opened, setOpened] = useState<Opened | null>(null)
  const [showProblem, setShowProblem] = useState<AppProblem | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const lastOpenedId = useRef<string | null>(null)

  useEffect(() => {
    if (opened !== null) document.getElementById(migrationHeadingId)?.focus()
    else if (lastOpenedId.current !== null) focusRow(list.current, lastOpenedId.current)
  }, [opened])

  const open = async (migration: MigrationView) => {
    setShowProblem(null)
    const phase = listedPhase(migration)
    if (!isLivePhase(phase)) {
      lastOpenedId.current = migration.id
      setOpened({ migration, outcome: phase })
    } else if (migration.id === currentId) view.setState({ place: 'migration' })
    else setShowProblem(await showMigration(migration.id, false))
  }

  return (
    <>
      <HistoryListScreen
        history={history}
        listRef={list}
        isHidden={opened !== null}
        problem={showProblem ?? history.problem}
        onOpen={(migration) => void open(migration)}
        onRetry={() => {
          setShowProblem(null)
          history.reload()
        }}
      />
      {opened !== null && (
        <OutcomeScreen
          key={opened.migration.id}
          {...opened}
          onStartAnother={() => view.setState({ place: 'wizard' })}
          header={
            <Button variant="quiet" size="small" icon="arrowLeft" onPress={() => setOpened(null)}>
              {historyCopy.back}
            </Button>
          }
        />
      )}
    </>
  )
}

function focusRow(list: HTMLElement | null, id: string): void {
  rowsOf(list)
    .find((row) => row.dataset['key'] === id)
    ?.focus()
}
