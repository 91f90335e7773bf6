import type { MigrationView } from '#shared/contract/schemas.ts'
import { exactBytes, formatBytes, formatCount } from '#shared/domain/amounts.ts'
import { failureWords } from '../../copy/failures.ts'
import {
  arrivedSentence,
  completedSentence,
  migrationCopy,
  outcomeHeadlines,
  revokeAdvice,
  tookText,
} from '../../copy/migration.ts'
import { problemCopy } from '../../copy/problems.ts'
import { elapsedMs } from '../../presenters/migration-presenter.ts'
import { useStores } from '../../store/stores-context.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { StatRow } from '../../ui/facts-list.tsx'
import { Icon, type IconName } from '../../ui/icons.tsx'
import { ActionSpacer, Screen, ScreenHeading } from '../../ui/screen.tsx'
import { ActivityDisclosure } from './activity-disclosure.tsx'
import { FailureDetails } from './failure-details.tsx'
import { migrationHeadingId } from './heading-id.ts'
import styles from './outcome-screen.module.css'
import { RouteFacts } from './route-facts.tsx'

type Outcome = keyof typeof outcomeHeadlines
const outcomeIcons: Readonly<Record<Outcome, IconName>> = {
  completed: 'check',
  failed: 'close',
  cancelled: 'stopCircle',
}

/** How it ended (S16): one word, one sentence, the numbers, and what to do next. */
export function OutcomeScreen({ migration }: { readonly migration: MigrationView }) {
  const { bridge } = useStores()
  const outcome = outcomeOf(migration)
  const { failure } = migration
  return (
    <Screen
      label={outcomeHeadlines[outcome]}
      onSubmit={() => void bridge.startAnother(null)}
      actions={
        <>
          {failure !== null && (
            <Button variant="quiet" icon="external" onPress={() => void bridge.openExternal({ page: 'support' })}>
              {problemCopy.contactSupport}
            </Button>
          )}
          <ActionSpacer />
          <Button variant="primary" type="submit">
            {migrationCopy.startAnother}
          </Button>
        </>
      }
    >
      <div className={styles['head']}>
        <span className={classNames(styles['badge'], styles[outcome])}>
          <Icon name={outcomeIcons[outcome]} size="large" />
        </span>
        <ScreenHeading
          id={migrationHeadingId}
          lead={outcome === 'completed' ? completedSentence(migration) : arrivedSentence(migration)}
        >
          {outcomeHeadlines[outcome]}
        </ScreenHeading>
      </div>
      {failure !== null && <FailureAdvice failure={failure} />}
      <Numbers migration={migration} />
      <RouteFacts migration={migration} />
      {outcome === 'completed' && (
        <Banner tone="neutral" icon="key" title={revokeAdvice.title}>
          {revokeAdvice.text}
        </Banner>
      )}
      <div className={styles['disclosures']}>
        {failure !== null && <FailureDetails migrationId={migration.id} failure={failure} />}
        <ActivityDisclosure migrationId={migration.id} isLive={false} />
      </div>
    </Screen>
  )
}

function outcomeOf({ state }: MigrationView): Outcome {
  return state === 'failed' || state === 'cancelled' ? state : 'completed'
}

function FailureAdvice({ failure }: { readonly failure: NonNullable<MigrationView['failure']> }) {
  const words = failureWords(failure)
  return (
    <Banner tone="bad" title={words.title} icon="warning">
      <p>{words.meaning}</p>
      <p>{words.action}</p>
    </Banner>
  )
}

function Numbers({ migration }: { readonly migration: MigrationView }) {
  const { progress } = migration
  return (
    <section className={styles['numbers']} aria-label={migrationCopy.progress}>
      <StatRow
        stats={[
          {
            name: migrationCopy.data,
            value: formatBytes(progress.copiedBytes),
            title: exactBytes(progress.copiedBytes),
          },
          { name: migrationCopy.files, value: formatCount(progress.copiedObjects) },
          { name: migrationCopy.took, value: tookText(elapsedMs(migration, 0)) },
        ]}
      />
    </section>
  )
}
