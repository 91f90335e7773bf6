import { fieldLabels } from '../../copy/fields.ts'
import { useStores, useWizardState } from '../../store/stores-context.tsx'
import { fieldId } from '../../ui/field-id.ts'
import { TextField } from '../../ui/text-field.tsx'
import { useShownProblem } from './use-shown-problem.ts'
import { judgeSourceField, setSourceField } from './source-model.ts'
import type { SourceFieldName } from './wizard-state.ts'

interface SourceTextFieldProps {
  readonly name: SourceFieldName
  readonly hint?: string
  readonly placeholder?: string
}

/** One text field of the source: kept in the draft, judged on leaving it. */
export function SourceTextField({ name, hint, placeholder }: SourceTextFieldProps) {
  const { wizard } = useStores()
  const value = useWizardState((state) => state.source[name])
  const isRunning = useWizardState((state) => state.check.kind === 'running')
  const problem = useShownProblem(name)
  return (
    <TextField
      id={fieldId(name)}
      label={fieldLabels[name]}
      value={value}
      onChange={(text) => wizard.update((state) => setSourceField(state, name, text))}
      onBlur={() => wizard.update((state) => judgeSourceField(state, name))}
      problem={problem}
      isReadOnly={isRunning}
      isMono
      {...(hint === undefined ? {} : { hint })}
      {...(placeholder === undefined ? {} : { placeholder })}
    />
  )
}
