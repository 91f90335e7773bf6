import type { DestinationView } from '#shared/contract/schemas.ts'
import { checkDestinationPrefix } from '#shared/domain/destination-field-rules.ts'
import { destinationFolder, destinationKey, mirroredDestinationPrefix } from '#shared/domain/s3-location-model.ts'
import type { FieldProblemView } from '#shared/ipc/problems.ts'
import { checkedTarget, showProblems, type WizardState, withoutProblems, withProblems } from './wizard-state.ts'

export function setDestinationPrefix(state: WizardState, text: string | null): WizardState {
  return { ...state, editedDestinationPrefix: text, problems: withoutProblems(state.problems, ['destinationPrefix']) }
}

export function chooseDestination(state: WizardState, destination: DestinationView): WizardState {
  return { ...state, destination, problems: withoutProblems(state.problems, ['destinationBucketId']) }
}

/** Where there is nothing to choose, the one allowed bucket is chosen beforehand. */
export function chooseOnlyOne(state: WizardState, destinations: readonly DestinationView[]): WizardState {
  const [only, ...others] = destinations.filter(({ isDispatchAllowed }) => isDispatchAllowed)
  return state.destination === null && only !== undefined && others.length === 0
    ? chooseDestination(state, only)
    : state
}

export function judgeDestinationPrefix(state: WizardState): WizardState {
  const result = checkDestinationPrefix(destinationPrefixText(state))
  return result.ok ? state : withProblems(state, [result.error])
}

/** What stands in the destination's prefix field: the mirror of the source until it is edited. */
export function destinationPrefixText(state: WizardState): string {
  const target = checkedTarget(state)
  return state.editedDestinationPrefix ?? (target === null ? '' : mirroredDestinationPrefix(target))
}

/** The key under which the first file will land, or null while the prefix cannot be used. */
export function landingKey(state: WizardState): string | null {
  if (state.check.kind !== 'ready') return null
  const prefix = checkDestinationPrefix(destinationPrefixText(state))
  if (!prefix.ok) return null
  const { target, firstKey } = state.check
  return destinationKey(target, destinationFolder(prefix.value, target), firstKey)
}

export function destinationProblems(state: WizardState): readonly FieldProblemView[] {
  const prefix = checkDestinationPrefix(destinationPrefixText(state))
  const choice: FieldProblemView = { field: 'destinationBucketId', code: 'not-chosen' }
  return [...(state.destination === null ? [choice] : []), ...(prefix.ok ? [] : [prefix.error])]
}

/** Moves on to the review, or shows what the destination still lacks. */
export function enterReview(state: WizardState, dispatchKey: string): WizardState {
  const problems = destinationProblems(state)
  return problems.length > 0 ? showProblems(state, problems) : { ...state, step: 'review', dispatchKey }
}
