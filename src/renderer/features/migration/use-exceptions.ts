import type { ObjectException } from '#shared/contract/schemas.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { useEffect, useState } from 'react'
import { settled } from '../../bridge/settled.ts'
import { useStores } from '../../store/stores-context.tsx'

export type ExceptionsListing =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly problem: AppProblem }
  | { readonly kind: 'loaded'; readonly exceptions: readonly ObjectException[]; readonly total: number }

/** The first objects that are not across. They do not change any more, so once is enough. */
export function useExceptions(migrationId: string): {
  readonly listing: ExceptionsListing
  readonly reload: () => void
} {
  const { bridge } = useStores()
  const [listing, setListing] = useState<ExceptionsListing>({ kind: 'loading' })
  const [attempt, setAttempt] = useState(1)
  useEffect(() => {
    let isWanted = true
    void settled(bridge.readExceptions({ migrationId })).then((answer) => {
      if (!isWanted) return
      setListing(answer.ok ? { kind: 'loaded', ...answer.value } : { kind: 'failed', problem: answer.error })
    })
    return () => {
      isWanted = false
    }
  }, [bridge, migrationId, attempt])

  const reload = () => {
    setListing({ kind: 'loading' })
    setAttempt(attempt + 1)
  }
  return { listing, reload }
}
