import { useEffect, useState } from 'react'
import { settled } from '../../bridge/settled.ts'
import { useAppState, useStores } from '../../store/stores-context.tsx'
import {
  emptyHistory,
  type HistoryState,
  takeFirstPage,
  takeNextPage,
  takeProblem,
  withNewer,
} from './history-model.ts'

const SEARCH_DELAY_MS = 250

export interface History extends HistoryState {
  /** The first page is on its way; what is listed meanwhile is the one before. */
  readonly isLoading: boolean
  readonly search: string
  readonly setSearch: (search: string) => void
  readonly reload: () => void
  readonly loadMore: () => Promise<void>
}

/** B6: the account's migrations, newest first; searched by the server, a page at a time. */
export function useHistory(): History {
  const { bridge } = useStores()
  const current = useAppState(({ snapshot }) => snapshot?.current?.migration ?? null)
  const [state, setState] = useState<HistoryState>(emptyHistory)
  const [search, setSearch] = useState('')
  const [attempt, setAttempt] = useState(1)
  const wanted = useDelayed(search.trim())
  // A migration that has begun is not in the list yet; one that is ticks there by itself.
  const request = JSON.stringify([wanted, attempt, current?.id])
  const [answeredRequest, setAnsweredRequest] = useState<string | null>(null)

  useEffect(() => {
    let isWanted = true
    void settled(bridge.listMigrations({ cursor: null, search: wanted })).then((answer) => {
      if (!isWanted) return
      setState((held) => (answer.ok ? takeFirstPage(answer.value, wanted) : takeProblem(held, answer.error)))
      setAnsweredRequest(request)
    })
    return () => {
      isWanted = false
    }
  }, [bridge, wanted, request])

  const loadMore = async () => {
    const { nextCursor: cursor, answeredSearch } = state
    if (cursor === null || answeredSearch === null || state.isLoadingMore) return
    setState((held) => ({ ...held, isLoadingMore: true }))
    const answer = await settled(bridge.listMigrations({ cursor, search: answeredSearch }))
    // Another search, or a newer list, has taken its place meanwhile.
    setState((held) => {
      if (!held.isLoadingMore || held.nextCursor !== cursor) return held
      return answer.ok ? takeNextPage(held, answer.value) : takeProblem(held, answer.error)
    })
  }

  return {
    ...state,
    isLoading: answeredRequest !== request,
    migrations: withNewer(state.migrations, current),
    search,
    setSearch,
    reload: () => setAttempt(attempt + 1),
    loadMore,
  }
}

/** The text once it has rested; an emptied one at once. */
function useDelayed(text: string): string {
  const [delayed, setDelayed] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(text), text === '' ? 0 : SEARCH_DELAY_MS)
    return () => clearTimeout(timer)
  }, [text])
  return delayed
}
