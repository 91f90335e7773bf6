import type { MigrationView } from '#shared/contract/schemas.ts'
import { type ReactNode, useEffect, useRef } from 'react'
import { missedEndText } from '../../copy/end-news.ts'
import { failureWords, isForSupport } from '../../copy/failures.ts'
import { migrationCopy, outcomeHeadlines } from '../../copy/migration.ts'
import { outcomeSentence, revokeAdvice, runAgainCopy, verdictWords } from '../../copy/outcome.ts'
import { problemCopy } from '../../copy/problems.ts'
import { accountOf, deleteVerdict, type DeleteVerdict } from '../../presenters/account-presenter.ts'
import type { OutcomePhase } from '../../presenters/migration-presenter.ts'
import { nextStep } from '../../presenters/next-step-presenter.ts'
import { useStores } from '../../store/stores-context.tsx'
import { Banner, type Tone } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Icon, type IconName } from '../../ui/icons.tsx'
import { ActionSpacer, Screen, ScreenHeading } from '../../ui/screen.tsx'
import { useNow } from '../../ui/use-now.ts'
import { ActivityDisclosure } from './activity-disclosure.tsx'
import { ExceptionsSection } from './exceptions-section.tsx'
import { FailureDetails } from './failure-details.tsx'
import { migrationHeadingId } from './heading-id.ts'
import { OutcomeNumbers } from './outcome-numbers.tsx'
import styles from './outcome-screen.module.css'
import { ReportCard } from './report-card.tsx'
import { RouteFacts } from './route-facts.tsx'
import { isUnderWay } from './run-again-model.ts'
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
  'nothing-compared': 'neutral',
  unproven: 'warning',
}

interface OutcomeScreenProps {
  readonly migration: MigrationView
  readonly outcome: OutcomePhase
  readonly onStartAnother: () => void
  /** It came while nobody was here to see it: says when. */
  readonly isEndMissed?: boolean
  /** Stays at the top: the way back to where it was opened from. */
  readonly header?: ReactNode
}

/** How it ended (S16): one word, one sentence, the account of every file, and what to do next. */
export function OutcomeScreen({ migration, outcome, onStartAnother, isEndMissed = false, header }: OutcomeScreenProps) {
  const runAgain = useRunAgain(migration.id)
  const { failure, verification } = migration
  const { again, isAgainFirst } = nextStep(outcome, migration)
  const label = again === 'copy-failed' ? runAgainCopy.copyFailed : runAgainCopy.runAgain
  const verdict = verification === null ? null : deleteVerdict(verification)
  return (
    <Screen
      label={outcomeHeadlines[outcome]}
      header={header}
      actions={
        <>
          <ActionSpacer />
          <NextSteps isAgainFirst={isAgainFirst} label={label} runAgain={runAgain} onStartAnother={onStartAnother} />
        </>
      }
    >
      <OutcomeHead migration={migration} outcome={outcome} />
      {isEndMissed && migration.finishedAt !== null && <MissedEnd outcome={outcome} finishedAt={migration.finishedAt} />}
      {failure !== null && <FailureAdvice migration={migration} failure={failure} />}
      {verdict !== null && <Verdict migration={migration} verdict={verdict} />}
      <OutcomeNumbers migration={migration} />
      {verification !== null && accountOf(verification).notAcross.objects > 0 && (
        <ExceptionsSection
          migrationId={migration.id}
          verification={verification}
          hasReport={migration.report !== null}
        />
      )}
      {verification !== null && <ReportCard migrationId={migration.id} report={migration.report} />}
      <RouteFacts migration={migration} />
      {verdict?.kind === 'yes' && (
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

function MissedEnd({ outcome, finishedAt }: { readonly outcome: OutcomePhase; readonly finishedAt: string }) {
  const now = useNow(false)
  return <Banner tone="neutral" icon="clock" title={missedEndText(outcome, finishedAt, now)} />
}

interface NextStepsProps {
  readonly isAgainFirst: boolean
  readonly label: string
  readonly runAgain: ReturnType<typeof useRunAgain>
  readonly onStartAnother: () => void
}

/** What failed comes first; else the next migration. While the secret is asked for, its button is the primary one. */
function NextSteps({ isAgainFirst, label, runAgain, onStartAnother }: NextStepsProps) {
  const isAsking = runAgain.state.isSecretAsked
  const isRunning = isUnderWay(runAgain.state)
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
      variant={isAgainFirst ? 'primary' : 'secondary'}
      isPending={isRunning}
      onPress={() => void runAgain.run(null)}
    >
      {isRunning ? runAgainCopy.starting : label}
    </Button>
  )
  const another = (
    <Button key="another" variant={isAgainFirst || isAsking ? 'secondary' : 'primary'} onPress={onStartAnother}>
      {migrationCopy.startAnother}
    </Button>
  )
  return isAgainFirst ? [another, again] : [again, another]
}

interface VerdictProps {
  readonly migration: MigrationView
  readonly verdict: DeleteVerdict
}

function Verdict({ migration, verdict }: VerdictProps) {
  const now = useNow(false)
  const words = verdictWords(verdict, migration, now)
  return (
    <Banner tone={verdictTones[verdict.kind]} title={words.title}>
      {words.text}
    </Banner>
  )
}

interface FailureAdviceProps {
  readonly migration: MigrationView
  readonly failure: NonNullable<MigrationView['failure']>
}

function FailureAdvice({ migration, failure }: FailureAdviceProps) {
  const { bridge } = useStores()
  const words = failureWords(failure, migration)
  const support = (
    <Button size="small" icon="external" onPress={() => void bridge.openExternal({ page: 'support' })}>
      {problemCopy.contactSupport}
    </Button>
  )
  return (
    <Banner tone="bad" title={words.title} {...(isForSupport(words) ? { actions: support } : {})}>
      <p>{words.meaning}</p>
      <p>{words.action}</p>
    </Banner>
  )
}
