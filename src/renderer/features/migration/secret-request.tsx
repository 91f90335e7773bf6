import { checkSecretAccessKey } from '#shared/domain/source-field-rules.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { useEffect, useRef, useState } from 'react'
import { settled } from '../../bridge/settled.ts'
import { fieldCopy, fieldLabels, fieldProblemWords } from '../../copy/fields.ts'
import { secretRequestCopy } from '../../copy/migration.ts'
import { useStores } from '../../store/stores-context.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { fieldId } from '../../ui/field-id.ts'
import { fillSecret, SecretField } from '../../ui/secret-field.tsx'
import { ProblemBanner } from '../shell/problem-banner.tsx'
import styles from './secret-request.module.css'

interface SecretRequestProps {
  readonly migrationId: string
  /** Why the last handover did not work, if one was tried. */
  readonly problem: AppProblem | null
}

/** A worker waits for the secret and the app no longer has it (B8). */
export function SecretRequest({ migrationId, problem }: SecretRequestProps) {
  const { bridge } = useStores()
  const input = useRef<HTMLInputElement>(null)
  const [fieldProblem, setFieldProblem] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<AppProblem | null>(null)
  const [isBusy, setBusy] = useState(false)
  const banner = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (refusal !== null) banner.current?.scrollIntoView({ block: 'nearest' })
  }, [refusal])

  const supply = async () => {
    const checked = checkSecretAccessKey(input.current?.value ?? '')
    setRefusal(null)
    setFieldProblem(checked.ok ? null : fieldProblemWords(checked.error))
    if (!checked.ok) return input.current?.focus()
    setBusy(true)
    const answer = await settled(bridge.supplySecret({ migrationId, secretAccessKey: checked.value }))
    setBusy(false)
    if (answer.ok) {
      fillSecret(input, '')
      return
    }
    setRefusal(answer.error)
    input.current?.focus({ preventScroll: true })
  }

  return (
    <Banner tone="warning" icon="key" role="status" title={secretRequestCopy.title}>
      <p>{secretRequestCopy.text}</p>
      <form
        className={styles['row']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void supply()
        }}
      >
        <SecretField
          id={fieldId('secretAccessKey')}
          label={fieldLabels.secretAccessKey}
          showLabel={fieldCopy.show}
          hideLabel={fieldCopy.hide}
          inputRef={input}
          onEdit={() => setFieldProblem(null)}
          problem={fieldProblem === null ? null : { text: fieldProblem }}
          isReadOnly={isBusy}
        />
        <Button variant="primary" type="submit" isPending={isBusy}>
          {isBusy ? secretRequestCopy.submitting : secretRequestCopy.submit}
        </Button>
      </form>
      <ProblemBanner ref={banner} problem={refusal ?? (isBusy ? null : problem)} />
    </Banner>
  )
}
