import type { MigrationView, Verification } from '#shared/contract/schemas.ts'
import { type ReactNode, useEffect, useRef } from 'react'
import { failureWords } from '../../copy/failures.ts'
import { migrationCopy, outcomeHeadlines } from '../../copy/migration.ts'
import { outcomeSentence, revokeAdvice, runAgainCopy, verdictWords } from '../../copy/outcome.ts'
import { problemCopy } from '../../copy/problems.ts'
import { deleteVerdict, type DeleteVerdict } from '../../presenters/account-presenter.ts'
import type { OutcomePhase } from '../../presenters/migration-presenter.ts'
import { isRetryNextStep } from '../../presenters/next-step-presenter.ts'
import { useStores } from '../../store/stores-context.tsx'
import { Banner, type Tone } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Icon, type IconName } from '../../ui/icons.tsx'
import { ActionSpacer, Screen, ScreenHeading } from '../../ui/screen.tsx'
import { ActivityDisclosure } from './activity-disclosure.tsx'
import { ExceptionsSection } from './exceptions-section.tsx'
import { FailureDetails } from './failure-details.tsx'
import { migrationHeadingId } from './heading-id.ts'
import { OutcomeNumbers } from './outcome-numbers.tsx'
import styles from './outcome-screen.module.css'
import { ReportCard } from './report-card.tsx'
import { RouteFacts } from './route-facts.tsx'
import { RunAgainPanel } from './run-again-panel.tsx'
import { useRunAgain } from './use-run-again.ts'

const outcomeIcons: Readonly<Record<OutcomePhase, IconName>> = {
  completed: 'check',
  'completed-with-exceptions': 'warning',
  failed: 'close',
  cancelled: 'stopCircle',
}

const verdictTones: Readonly<Record<DeleteVerdict['kind'], Tone>> = {
  yes: 'good',
  'sizes-only': 'warning',
  no: 'warning',
}

interface OutcomeScreenProps {
  readonly migration: MigrationView
  readonly outcome: OutcomePhase
  readonly onStartAnother: () => void
  /** Stays at the top: the way back to where it was opened from. */
  readonly header?: ReactNode
}

/** How it ended (S16): one word, one sentence, the account of every file, and what to do next. */
export function OutcomeScreen({ migration, outcome, onStartAnother, header }: OutcomeScreenProps) {
  const runAgain = useRunAgain(migration.id)
  const { failure, verification } = migration
  const isRetry = isRetryNextStep(outcome, failure)
  const hasFailed = outcome === 'completed-with-exceptions' || outcome === 'failed'
  const label = hasFailed ? runAgainCopy.copyFailed : runAgainCopy.runAgain
  return (
    <Screen
      label={outcomeHeadlines[outcome]}
      header={header}
      actions={
        <>
          <ActionSpacer />
          <NextSteps isRetry={isRetry} label={label} runAgain={runAgain} onStartAnother={onStartAnother} />
        </>
      }
    >
      <OutcomeHead migration={migration} outcome={outcome} />
      {failure !== null && <FailureAdvice failure={failure} />}
      {verification !== null && <Verdict verification={verification} />}
      <OutcomeNumbers migration={migration} />
      {outcome === 'completed-with-exceptions' && verification !== null && (
        <ExceptionsSection migrationId={migration.id} verification={verification} />
      )}
      {verification !== null && <ReportCard migrationId={migration.id} report={migration.report} />}
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
      <RunAgainPanel migration={migration} runAgain={runAgain} label={label} />
    </Screen>
  )
}

function OutcomeHead({ migration, outcome }: Pick<OutcomeScreenProps, 'migration' | 'outcome'>) {
  return (
    <div className={styles['head']}>
      <span className={classNames(styles['badge'], styles[outcome])}>
        <Icon name={outcomeIcons[outcome]} size="large" />
      </span>
      <ScreenHeading id={migrationHeadingId} lead={outcomeSentence(outcome, migration)}>
        {outcomeHeadlines[outcome]}
      </ScreenHeading>
    </div>
  )
}

interface NextStepsProps {
  readonly isRetry: boolean
  readonly label: string
  readonly runAgain: ReturnType<typeof useRunAgain>
  readonly onStartAnother: () => void
}

/** What failed comes first; else the next migration. While the secret is asked for, its button is the primary one. */
function NextSteps({ isRetry, label, runAgain, onStartAnother }: NextStepsProps) {
  const isAsking = runAgain.state.isSecretAsked
  const isRunning = runAgain.state.step.kind === 'running'
  const button = useRef<HTMLButtonElement>(null)
  const wasAsking = useRef(isAsking)
  useEffect(() => {
    if (wasAsking.current && !isAsking) button.current?.focus()
    wasAsking.current = isAsking
  }, [isAsking])
  const again = !isAsking && (
    <Button
      key="again"
      ref={button}
      variant={isRetry ? 'primary' : 'secondary'}
      isPending={isRunning}
      onPress={() => void runAgain.run(null)}
    >
      {isRunning ? runAgainCopy.starting : label}
    </Button>
  )
  const another = (
    <Button key="another" variant={isRetry || isAsking ? 'secondary' : 'primary'} onPress={onStartAnother}>
      {migrationCopy.startAnother}
    </Button>
  )
  return isRetry ? [another, again] : [again, another]
}

function Verdict({ verification }: { readonly verification: Verification }) {
  const verdict = deleteVerdict(verification)
  const words = verdictWords(verdict)
  return (
    <Banner tone={verdictTones[verdict.kind]} title={words.title}>
      {words.text}
    </Banner>
  )
}

function FailureAdvice({ failure }: { readonly failure: NonNullable<MigrationView['failure']> }) {
  const { bridge } = useStores()
  const words = failureWords(failure)
  return (
    <Banner
      tone="bad"
      title={words.title}
      icon="warning"
      actions={
        <Button size="small" icon="external" onPress={() => void bridge.openExternal({ page: 'support' })}>
          {problemCopy.contactSupport}
        </Button>
      }
    >
      <p>{words.meaning}</p>
      <p>{words.action}</p>
    </Banner>
  )
}
