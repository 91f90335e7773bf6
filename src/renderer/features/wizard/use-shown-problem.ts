import type { FieldName } from '#shared/domain/text-rules.ts'
import { fieldProblemWords, repairLabel } from '../../copy/fields.ts'
import { useStores, useWizardState } from '../../store/stores-context.tsx'
import type { ShownProblem } from '../../ui/field-problem.tsx'
import { repairField } from './source-model.ts'

/** A field's problem in words, with the click that puts its repair into the fields. */
export function useShownProblem(field: FieldName): ShownProblem | null {
  const { wizard } = useStores()
  const problem = useWizardState((state) => state.problems[field])
  if (problem === undefined) return null
  const { repair } = problem
  const text = fieldProblemWords(problem)
  const label = repairLabel(problem)
  if (repair === undefined || label === null) return { text }
  return {
    text,
    repair: { label, onPress: () => wizard.update((state) => repairField(state, field, repair)) },
  }
}
