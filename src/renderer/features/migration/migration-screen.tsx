import type { CurrentMigration } from '#shared/ipc/snapshot.ts'
import { isLivePhase, migrationPhase } from '../../presenters/migration-presenter.ts'
import { useStores } from '../../store/stores-context.tsx'
import { useFocusOnEnter } from '../../ui/use-focus-on-enter.ts'
import { CurrentScreen } from './current-screen.tsx'
import { migrationHeadingId } from './heading-id.ts'
import { OutcomeScreen } from './outcome-screen.tsx'

/** The migration last viewed: live, or as it ended. */
export function MigrationScreen({ current }: { readonly current: CurrentMigration }) {
  const { bridge } = useStores()
  const phase = migrationPhase(current)
  useFocusOnEnter(migrationHeadingId)
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
