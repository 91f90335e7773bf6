import type { DestinationView } from '#shared/contract/schemas.ts'
import type { ExistingPolicy } from '#shared/domain/object-outcome.ts'
import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import { type FieldName, fieldNames } from '#shared/domain/text-rules.ts'
import type { FieldProblemView } from '#shared/ipc/problems.ts'
import type { Finding, SourceCheckProgress, SourceDraft, Survey } from '#shared/ipc/source-check.ts'

export const wizardSteps = ['source', 'destination', 'review'] as const

export type WizardStep = (typeof wizardSteps)[number]

/** The text fields of step 1, without the secret: that one lives in its input only. */
export type SourceFieldName = Exclude<keyof SourceDraft, 'prefixMeans'>

export type FieldProblems = Readonly<Partial<Record<FieldName, FieldProblemView>>>

/** What one click puts into the fields: a field's own repair, or a finding's fix. */
export type FieldFix = Readonly<Partial<Record<FieldName, string | undefined>>> & Pick<SourceDraft, 'prefixMeans'>

/** B9: copy what can be copied and report the archived files, or restore them first. */
export type ArchivedChoice = 'copy-rest' | 'stop'

export type CheckState =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'running'
      readonly draft: SourceDraft
      /** Null before the first word of it. */
      readonly progress: SourceCheckProgress | null
    }
  | { readonly kind: 'blocked'; readonly findings: readonly Finding[]; readonly isStale: boolean }
  | {
      readonly kind: 'ready'
      readonly findings: readonly Finding[]
      readonly target: SourceTarget
      readonly firstKey: string
      readonly survey: Survey
      /** S17: asked for only where archived files were seen. Null before the choice. */
      readonly archivedChoice: ArchivedChoice | null
      /** They tried to go on without choosing. */
      readonly isChoiceMissed: boolean
      readonly isStale: boolean
    }

export interface WizardState {
  readonly step: WizardStep
  /** A preset's id, `custom`, or null before the choice. */
  readonly providerId: string | null
  readonly source: SourceDraft
  readonly check: CheckState
  readonly destination: DestinationView | null
  /** Null while it mirrors the source (S4). */
  readonly editedDestinationPrefix: string | null
  readonly existing: ExistingPolicy
  /** B7: off unless they ask for it. */
  readonly isSecretRemembered: boolean
  readonly problems: FieldProblems
  /** A field the screen should put the focus on as soon as it is shown. */
  readonly focusRequest: FieldName | null
  /** Made anew each time the review is entered, so that a repeated click dispatches once. */
  readonly dispatchKey: string | null
}

export const emptyWizard: WizardState = {
  step: 'source',
  providerId: null,
  source: { endpoint: '', region: '', accessKeyId: '', bucket: '', prefix: '' },
  check: { kind: 'none' },
  destination: null,
  editedDestinationPrefix: null,
  existing: 'replace-different',
  isSecretRemembered: false,
  problems: {},
  focusRequest: null,
  dispatchKey: null,
}

export function goTo(state: WizardState, step: WizardStep): WizardState {
  return { ...state, step }
}

/** The screen has put the focus where it was asked to. */
export function focusDone(state: WizardState): WizardState {
  return { ...state, focusRequest: null }
}

/** Shows problems at their fields, on the step of the first as the form reads, and asks for the focus there. */
export function showProblems(state: WizardState, problems: readonly FieldProblemView[]): WizardState {
  const first = problems.toSorted((a, b) => fieldNames.indexOf(a.field) - fieldNames.indexOf(b.field))[0]
  if (first === undefined) return state
  return { ...withProblems(state, problems), step: stepOf(first.field), focusRequest: first.field }
}

/** One problem a field: the first found says the most. */
export function withProblems(state: WizardState, problems: readonly FieldProblemView[]): WizardState {
  const byField = Object.fromEntries(problems.toReversed().map((problem) => [problem.field, problem]))
  return { ...state, problems: { ...state.problems, ...byField } }
}

export function withoutProblems(problems: FieldProblems, fields: readonly FieldName[]): FieldProblems {
  return Object.fromEntries(Object.entries(problems).filter(([field]) => !fields.includes(field as FieldName)))
}

export function stepOf(field: FieldName): WizardStep {
  return field === 'destinationBucketId' || field === 'destinationPrefix' ? 'destination' : 'source'
}

/** The target as checked, or null before that. */
export function checkedTarget({ check }: WizardState): SourceTarget | null {
  return check.kind === 'ready' ? check.target : null
}
