import { checkSecretAccessKey } from '#shared/domain/source-field-rules.ts'
import type { FieldProblemView } from '#shared/ipc/problems.ts'
import { type ReactNode, useRef, useState } from 'react'
import { fieldCopy, fieldLabels } from '../../copy/fields.ts'
import { Button } from '../../ui/button.tsx'
import { fieldId } from '../../ui/field-id.ts'
import { cleanSecret, fillSecret, SecretField } from '../../ui/secret-field.tsx'
import { secretProblem } from '../shell/secret-problem.ts'
import styles from './secret-form.module.css'

interface SecretFormProps {
  readonly submitLabel: string
  readonly submittingLabel: string
  /** Takes the secret as it stands in its input. Answers whether it was accepted; the input is then emptied. */
  readonly onSubmit: (secretAccessKey: string) => Promise<boolean>
  readonly children?: ReactNode
  /** Further buttons after the one that hands the secret over. */
  readonly actions?: ReactNode
  readonly autoFocus?: boolean
}

/** Asks for the source's secret key once more. */
export function SecretForm({
  submitLabel,
  submittingLabel,
  onSubmit,
  children,
  actions,
  autoFocus = false,
}: SecretFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const { input, fieldProblem, setFieldProblem, clean } = useSecretInput()
  const [isBusy, setBusy] = useState(false)

  const submit = async () => {
    const checked = checkSecretAccessKey(input.current?.value ?? '')
    setFieldProblem(checked.ok ? null : checked.error)
    if (!checked.ok) return input.current?.focus()
    setBusy(true)
    const isAccepted = await onSubmit(checked.value)
    setBusy(false)
    if (isAccepted) fillSecret(input, '')
    // Unless a refusal that another secret would not mend has taken the focus.
    else if (form.current?.contains(document.activeElement) === true) input.current?.focus({ preventScroll: true })
  }

  return (
    <form
      ref={form}
      className={styles['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <SecretField
        id={fieldId('secretAccessKey')}
        label={fieldLabels.secretAccessKey}
        showLabel={fieldCopy.show}
        hideLabel={fieldCopy.hide}
        inputRef={input}
        onEdit={() => setFieldProblem(null)}
        problem={secretProblem(fieldProblem, clean)}
        isReadOnly={isBusy}
        autoFocus={autoFocus}
      />
      {children}
      <div className={styles['buttons']}>
        <Button variant="primary" type="submit" isPending={isBusy}>
          {isBusy ? submittingLabel : submitLabel}
        </Button>
        {actions}
      </div>
    </form>
  )
}

function useSecretInput() {
  const input = useRef<HTMLInputElement>(null)
  const [fieldProblem, setFieldProblem] = useState<FieldProblemView | null>(null)
  const clean = () => {
    cleanSecret(input)
    setFieldProblem(null)
  }
  return { input, fieldProblem, setFieldProblem, clean }
}
