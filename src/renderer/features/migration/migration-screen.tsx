import type { CurrentMigration } from '#shared/ipc/snapshot.ts'
import { useEffect } from 'react'
import { isLivePhase, migrationPhase } from '../../presenters/migration-presenter.ts'
import { useStores } from '../../store/stores-context.tsx'
import { CurrentScreen } from './current-screen.tsx'
import { migrationHeadingId } from './heading-id.ts'
import { OutcomeScreen } from './outcome-screen.tsx'

/** The migration last viewed: live, or as it ended. */
export function MigrationScreen({ current }: { readonly current: CurrentMigration }) {
  const { bridge } = useStores()
  const phase = migrationPhase(current)
  const isLive = isLivePhase(phase)
  useEffect(() => {
    document.getElementById(migrationHeadingId)?.focus()
  }, [isLive])
  return isLivePhase(phase) ? (
    <CurrentScreen current={current} phase={phase} />
  ) : (
    <OutcomeScreen
      migration={current.migration}
      outcome={phase}
      isEndMissed={current.isEndMissed}
      onStartAnother={() => void bridge.startAnother(null)}
    />
  )
}
