import type { MigrationView } from '#shared/contract/schemas.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'

export interface HistoryPage {
  readonly migrations: readonly MigrationView[]
  readonly nextCursor: string | null
}

/** What the list shows, and what is under way. */
export interface HistoryState extends HistoryPage {
  /** The search that the list answers; null before the first answer. */
  readonly answeredSearch: string | null
  readonly isLoadingMore: boolean
  readonly problem: AppProblem | null
}

export const emptyHistory: HistoryState = {
  migrations: [],
  nextCursor: null,
  answeredSearch: null,
  isLoadingMore: false,
  problem: null,
}

/** The first page of a search replaces what is listed. */
export function takeFirstPage(page: HistoryPage, search: string): HistoryState {
  return { ...page, answeredSearch: search, isLoadingMore: false, problem: null }
}

/** A further page; a migration that began meanwhile has pushed some of it down, which are listed already. */
export function takeNextPage(state: HistoryState, page: HistoryPage): HistoryState {
  const known = new Set(state.migrations.map(({ id }) => id))
  const migrations = [...state.migrations, ...page.migrations.filter(({ id }) => !known.has(id))]
  return { ...state, migrations, nextCursor: page.nextCursor, isLoadingMore: false, problem: null }
}

/** What is listed stays: it is still true. */
export function takeProblem(state: HistoryState, problem: AppProblem): HistoryState {
  return { ...state, isLoadingMore: false, problem }
}

/** The current migration ticks in the list as well. */
export function withNewer(
  migrations: readonly MigrationView[],
  current: MigrationView | null,
): readonly MigrationView[] {
  if (current === null) return migrations
  return migrations.map((listed) =>
    listed.id === current.id && listed.revision < current.revision ? current : listed,
  )
}
