import type { MigrationView } from '#shared/contract/schemas.ts'
import type { CurrentMigration } from '#shared/ipc/snapshot.ts'
import { inventoryNotes, migrationCopy, routeTitle } from '../../copy/migration.ts'
import type { LivePhase } from '../../presenters/migration-presenter.ts'
import { useAppState } from '../../store/stores-context.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Screen, ScreenHeading } from '../../ui/screen.tsx'
import { ActivityDisclosure } from './activity-disclosure.tsx'
import { CancelControl } from './cancel-control.tsx'
import styles from './current-screen.module.css'
import { migrationHeadingId } from './heading-id.ts'
import { ProgressCard } from './progress-card.tsx'
import { RouteFacts } from './route-facts.tsx'
import { SecretRequest } from './secret-request.tsx'
import { WaitingNotice } from './waiting-notice.tsx'

/** The live migration at a glance (S12). */
export function CurrentScreen({ current, phase }: { readonly current: CurrentMigration; readonly phase: LivePhase }) {
  const { migration } = current
  const isConnectionLost = useAppState(({ snapshot }) => snapshot?.connectionProblem != null)
  const isWaiting = phase === 'waiting-for-source' || phase === 'waiting-for-destination'
  return (
    <Screen label={migrationCopy.eyebrow} actions={<CancelControl migration={migration} phase={phase} />}>
      <ScreenHeading id={migrationHeadingId}>{routeTitle(migration)}</ScreenHeading>
      {phase === 'secret-needed' && <SecretRequest migrationId={migration.id} problem={current.handoverProblem} />}
      {isWaiting && migration.waiting !== null && <WaitingNotice waiting={migration.waiting} />}
      <ProgressCard migration={migration} phase={phase} isStale={isConnectionLost} />
      <Notes migration={migration} />
      <RouteFacts migration={migration} />
      <ActivityDisclosure migrationId={migration.id} isLive />
    </Screen>
  )
}

/** What is good to know beforehand, in small type under the numbers. */
function Notes({ migration: { attempt, inventory } }: { readonly migration: MigrationView }) {
  const notes = [
    ...(attempt > 1 ? [migrationCopy.takenOver] : []),
    ...(inventory === null ? [] : inventoryNotes(inventory)),
  ]
  if (notes.length === 0) return null
  return (
    <ul className={styles['notes']}>
      {notes.map((note) => (
        <li key={note} data-selectable>
          <Icon name="info" size="small" />
          <span>{note}</span>
        </li>
      ))}
    </ul>
  )
}
