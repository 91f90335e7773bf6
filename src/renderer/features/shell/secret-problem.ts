import type { FieldProblemView } from '#shared/ipc/problems.ts'
import { fieldProblemWords, repairLabel } from '../../copy/fields.ts'
import type { ShownProblem } from '../../ui/field-problem.tsx'

/** A secret's problem in words (E1). Its repair is no value that travels: `clean` mends the text where it is. */
export function secretProblem(problem: FieldProblemView | null, clean: () => void): ShownProblem | null {
  if (problem === null) return null
  const text = fieldProblemWords(problem)
  const label = repairLabel(problem)
  return label === null ? { text } : { text, repair: { label, onPress: clean } }
}
