import type { MigrationView } from '#shared/contract/schemas.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { type RefObject, useId, useRef } from 'react'
import { historyAnnouncement, historyCopy } from '../../copy/history.ts'
import { listProblemWords } from '../../copy/problems.ts'
import { useStores } from '../../store/stores-context.tsx'
import { Announcer } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Screen, ScreenHeading } from '../../ui/screen.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { useFocusAfterGone } from '../../ui/use-focus-after-gone.ts'
import { useFocusOnEnter } from '../../ui/use-focus-on-enter.ts'
import { ProblemBanner } from '../shell/problem-banner.tsx'
import { HistoryList, rowsOf } from './history-list.tsx'
import styles from './history.module.css'
import type { History } from './use-history.ts'

interface HistoryListScreenProps {
  readonly history: History
  readonly listRef: RefObject<HTMLDivElement | null>
  readonly isHidden: boolean
  readonly problem: AppProblem | null
  readonly onOpen: (migration: MigrationView) => void
  readonly onRetry: () => void
}

export function HistoryListScreen({ history, listRef, isHidden, problem, onOpen, onRetry }: HistoryListScreenProps) {
  const headingId = useId()
  useFocusOnEnter(headingId)
  const { migrations, nextCursor, isLoading, isLoadingMore, answeredSearch } = history
  // The new rows begin below it; they are drawn a moment later.
  const lastKnownRow = useRef(0)
  const heading = () => document.getElementById(headingId)
  useFocusAfterGone(problem !== null, heading)
  useFocusAfterGone(nextCursor !== null, () => rowsOf(listRef.current)[lastKnownRow.current] ?? heading())
  const isUnused = answeredSearch === '' && history.search === '' && migrations.length === 0
  return (
    <Screen label={historyCopy.title} isHidden={isHidden}>
      <ScreenHeading id={headingId}>{historyCopy.title}</ScreenHeading>
      {!isUnused && (
        <SearchField
          label={historyCopy.search}
          placeholder={historyCopy.searchPlaceholder}
          clearLabel={historyCopy.clearSearch}
          value={history.search}
          onChange={history.setSearch}
        />
      )}
      <ProblemBanner
        problem={problem}
        wordsOf={listProblemWords}
        actions={
          <Button size="small" isPending={isLoading} onPress={onRetry}>
            {historyCopy.tryAgain}
          </Button>
        }
      />
      {migrations.length > 0 && <HistoryList ref={listRef} migrations={migrations} onOpen={onOpen} />}
      {nextCursor !== null && (
        <div className={styles['more']}>
          <Button
            isPending={isLoadingMore}
            onPress={() => {
              lastKnownRow.current = migrations.length - 1
              void history.loadMore()
            }}
          >
            {isLoadingMore ? historyCopy.loadingMore : historyCopy.showMore}
          </Button>
        </div>
      )}
      {migrations.length === 0 && problem === null && <NothingListed history={history} />}
      <Announcer
        text={
          answeredSearch === null || isLoading
            ? ''
            : historyAnnouncement(migrations.length, nextCursor !== null)
        }
      />
    </Screen>
  )
}

/** Not yet, none at all, or none that matches. */
function NothingListed({ history: { answeredSearch } }: { readonly history: History }) {
  const { view } = useStores()
  if (answeredSearch === null) return <p className={styles['quiet']}>{historyCopy.loading}</p>
  if (answeredSearch !== '') {
    return (
      <EmptyState icon="search" title={historyCopy.noMatch(answeredSearch)}>
        {historyCopy.noMatchText}
      </EmptyState>
    )
  }
  const start = (
    <Button variant="primary" onPress={() => view.setState({ place: 'wizard' })}>
      {historyCopy.startFirst}
    </Button>
  )
  return (
    <EmptyState icon="history" title={historyCopy.emptyTitle} action={start}>
      {historyCopy.emptyText}
    </EmptyState>
  )
}
