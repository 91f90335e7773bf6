import { checkSecretAccessKey } from '#shared/domain/source-field-rules.ts'
import type { RefObject } from 'react'
import { fieldCopy, fieldLabels } from '../../copy/fields.ts'
import { sourceCopy } from '../../copy/wizard.ts'
import { useStores, useWizardState } from '../../store/stores-context.tsx'
import { fieldId } from '../../ui/field-id.ts'
import { Icon } from '../../ui/icons.tsx'
import { cleanSecret, SecretField } from '../../ui/secret-field.tsx'
import { secretProblem } from '../shell/secret-problem.ts'
import { SourceTextField } from './source-text-field.tsx'
import styles from './source-step.module.css'
import { judgeSecret, secretChanged } from './source-model.ts'

/** The key pair, and one line on where the secret goes. */
export function KeyFields({ secretInput }: { readonly secretInput: RefObject<HTMLInputElement | null> }) {
  const { wizard } = useStores()
  const isRunning = useWizardState((state) => state.check.kind === 'running')
  const problem = useWizardState(({ problems }) => problems.secretAccessKey ?? null)
  const judge = (): void => {
    const result = checkSecretAccessKey(secretInput.current?.value ?? '')
    wizard.update((state) => judgeSecret(state, result.ok ? null : result.error))
  }
  const clean = (): void => {
    cleanSecret(secretInput)
    wizard.update(secretChanged)
    judge()
  }
  return (
    <div className={styles['group']}>
      <div className={styles['halves']}>
        <SourceTextField name="accessKeyId" />
        <SecretField
          id={fieldId('secretAccessKey')}
          label={fieldLabels.secretAccessKey}
          showLabel={fieldCopy.show}
          hideLabel={fieldCopy.hide}
          inputRef={secretInput}
          onEdit={() => wizard.update(secretChanged)}
          onBlur={judge}
          problem={secretProblem(problem, clean)}
          isReadOnly={isRunning}
        />
      </div>
      <p className={styles['quiet']}>
        <Icon name="lock" size="small" />
        {sourceCopy.whereSecretGoes}
      </p>
    </div>
  )
}
