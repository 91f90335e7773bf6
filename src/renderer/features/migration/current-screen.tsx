import { progressFraction, progressPercent } from '#shared/domain/progress-model.ts'
import type { CurrentMigration } from '#shared/ipc/snapshot.ts'
import type { MigrationView } from '#shared/contract/schemas.ts'
import { exactBytes, formatRate } from '#shared/domain/amounts.ts'
import { migrationCopy, phaseLabels } from '../../copy/migration.ts'
import { elapsedMs, type LivePhase, progressNumbers } from '../../presenters/migration-presenter.ts'
import { formatElapsed } from '../../presenters/time-presenter.ts'
import { Icon } from '../../ui/icons.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { Screen, ScreenHeading } from '../../ui/screen.tsx'
import { StatRow } from '../../ui/facts-list.tsx'
import { useNow } from '../../ui/use-now.ts'
import { ActivityDisclosure } from './activity-disclosure.tsx'
import { CancelControl } from './cancel-control.tsx'
import styles from './current-screen.module.css'
import { migrationHeadingId } from './heading-id.ts'
import { RouteFacts } from './route-facts.tsx'
import { SecretRequest } from './secret-request.tsx'

/** The live migration at a glance (S12). */
export function CurrentScreen({ current, phase }: { readonly current: CurrentMigration; readonly phase: LivePhase }) {
  const { migration } = current
  return (
    <Screen label={migrationCopy.eyebrow} actions={<CancelControl migration={migration} phase={phase} />}>
      <ScreenHeading id={migrationHeadingId}>
        {migrationCopy.title(migration.source.bucket, migration.destination.name)}
      </ScreenHeading>
      {phase === 'secret-needed' && <SecretRequest migrationId={migration.id} problem={current.handoverProblem} />}
      <ProgressCard migration={migration} phase={phase} />
      {migration.attempt > 1 && (
        <p className={styles['note']}>
          <Icon name="info" size="small" />
          {migrationCopy.takenOver}
        </p>
      )}
      <RouteFacts migration={migration} />
      <ActivityDisclosure migrationId={migration.id} isLive />
    </Screen>
  )
}

function ProgressCard({ migration, phase }: { readonly migration: MigrationView; readonly phase: LivePhase }) {
  const { progress } = migration
  const percent = progressPercent(progress)
  const isMoving = phase === 'copying' || phase === 'sizing'
  const numbers = progressNumbers(progress)
  const title =
    progress.totalBytes === null
      ? exactBytes(progress.copiedBytes)
      : `${exactBytes(progress.copiedBytes)} of ${exactBytes(progress.totalBytes)}`
  return (
    <section className={styles['card']} aria-label={migrationCopy.progress}>
      <div className={styles['head']}>
        {percent !== null && <span className={styles['percent']}>{percent}%</span>}
        <span className={styles['phase']}>{phaseLabels[phase]}</span>
      </div>
      <ProgressBar
        label={phaseLabels[phase]}
        fraction={progressFraction(progress)}
        isQuiet={phase === 'cancelling' || phase === 'paused' || phase === 'secret-needed'}
      />
      {numbers !== null && (
        <p className={styles['numbers']} title={title}>
          {numbers}
        </p>
      )}
      <StatRow
        stats={[
          { name: migrationCopy.elapsed, value: <Elapsed migration={migration} /> },
          {
            name: migrationCopy.speed,
            value:
              isMoving && progress.bytesPerSecond !== null ? formatRate(progress.bytesPerSecond) : migrationCopy.notYet,
          },
        ]}
      />
    </section>
  )
}

function Elapsed({ migration }: { readonly migration: MigrationView }) {
  // Twice a second, so that no second is skipped when a tick comes late.
  const now = useNow(true, 500)
  const ms = elapsedMs(migration, now)
  return ms === null ? migrationCopy.notYet : formatElapsed(ms)
}
