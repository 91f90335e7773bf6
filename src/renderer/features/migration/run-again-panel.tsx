import type { MigrationView } from '#shared/contract/schemas.ts'
import type { SourceCheck } from '#shared/ipc/source-check.ts'
import { type Ref, useEffect, useRef, useState } from 'react'
import { fieldLabels, fieldProblemWords } from '../../copy/fields.ts'
import { findingWords } from '../../copy/findings.ts'
import { runAgainCopy } from '../../copy/outcome.ts'
import { rememberedSecretWords } from '../../copy/remembered-secret.ts'
import { stoppedCheckWords } from '../../copy/wizard.ts'
import type { Words } from '../../copy/words.ts'
import { useKeychainName } from '../../store/stores-context.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { StartRefusal } from '../wizard/start-refusal.tsx'
import styles from './run-again-panel.module.css'
import { SecretForm } from './secret-form.tsx'
import type { RunAgain } from './use-run-again.ts'

interface RunAgainPanelProps {
  readonly migration: MigrationView
  readonly runAgain: RunAgain
  readonly label: string
}

/** What stands between the click and the new migration: the secret that is asked for, or why it did not start. */
export function RunAgainPanel({ migration, runAgain, label }: RunAgainPanelProps) {
  const { step, isSecretAsked } = runAgain.state
  const panel = useRef<HTMLDivElement>(null)
  const refusal = useRef<HTMLDivElement>(null)
  const isShown = isSecretAsked || step.kind === 'source' || step.kind === 'refused'
  const mayBeMended = isSecretAsked && step.kind === 'source'
  useEffect(() => {
    if (isShown) panel.current?.scrollIntoView({ block: 'nearest' })
    // Where another secret may help, its field has the focus.
    if (!mayBeMended) refusal.current?.focus({ preventScroll: true })
  }, [isShown, mayBeMended, step])
  if (!isShown) return null
  return (
    <div ref={panel} className={styles['panel']}>
      {step.kind === 'source' && <SourceRefusal ref={refusal} check={step.check} isSecretAsked={isSecretAsked} />}
      {step.kind === 'refused' && <StartRefusal ref={refusal} problem={step.problem} />}
      {isSecretAsked && <SecretQuestion accessKeyId={migration.source.accessKeyId} runAgain={runAgain} label={label} />}
    </div>
  )
}

function SecretQuestion({
  accessKeyId,
  runAgain,
  label,
}: {
  readonly accessKeyId: string
  readonly runAgain: RunAgain
  readonly label: string
}) {
  const keychainName = useKeychainName()
  const [isRemembered, setRemembered] = useState(false)
  const { step, secretProblem } = runAgain.state
  const isStopping = step.kind === 'stopping'
  const why = secretProblem === null ? null : rememberedSecretWords(secretProblem, keychainName)
  return (
    <Banner tone="neutral" icon="key" title={runAgainCopy.secretTitle}>
      <p>
        {runAgainCopy.secretText} {why === null ? runAgainCopy.notKept(accessKeyId) : `${why.title} ${why.text}`}
      </p>
      <SecretForm
        submitLabel={label}
        submittingLabel={runAgainCopy.starting}
        onSubmit={(text) => runAgain.run({ text, isRemembered })}
        actions={
          <Button isPending={isStopping} onPress={runAgain.leave}>
            {isStopping ? runAgainCopy.stopping : runAgainCopy.notNow}
          </Button>
        }
        autoFocus
      >
        <Checkbox isSelected={isRemembered} onChange={setRemembered}>
          {runAgainCopy.remember(keychainName)}
        </Checkbox>
      </SecretForm>
    </Banner>
  )
}

interface SourceRefusalProps {
  readonly check: SourceCheck
  readonly isSecretAsked: boolean
  readonly ref: Ref<HTMLDivElement>
}

/** Where another secret cannot help, only another migration can. */
function SourceRefusal({ check, isSecretAsked, ref }: SourceRefusalProps) {
  if (check.kind === 'stopped') {
    return (
      <Banner ref={ref} tone="neutral" role="alert" title={stoppedCheckWords.title}>
        {stoppedCheckWords.text}
      </Banner>
    )
  }
  const problems = sourceProblems(check)
  if (problems.length === 0) return null
  return (
    <Banner ref={ref} tone="bad" role="alert" title={runAgainCopy.sourceTitle}>
      <ul className={styles['problems']}>
        {problems.map(({ title, text }) => (
          <li key={title}>
            <p className={styles['problem']}>{title}</p>
            <p>{text}</p>
          </li>
        ))}
      </ul>
      {!isSecretAsked && <p>{runAgainCopy.sourceAction}</p>}
    </Banner>
  )
}

function sourceProblems(check: SourceCheck): readonly Words[] {
  if (check.kind === 'fields') {
    return check.fieldProblems.map((problem) => ({
      title: fieldLabels[problem.field],
      text: fieldProblemWords(problem),
    }))
  }
  if (check.kind !== 'blocked') return []
  return check.findings
    .filter(({ severity }) => severity === 'problem')
    // Only the secret is typed here, so a pair of keys would be the wrong thing to ask for.
    .map((finding) => ({
      ...findingWords(finding),
      ...(finding.code === 'signature-mismatch' ? { text: runAgainCopy.otherSecret } : {}),
    }))
}
