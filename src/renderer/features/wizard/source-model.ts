import { CUSTOM_PROVIDER_ID, findPreset, providerPresets } from '#shared/domain/provider-presets.ts'
import {
  checkAccessKeyId,
  checkBucket,
  checkEndpoint,
  checkEndpointAgainstBucket,
  checkRegion,
  checkSourcePrefix,
} from '#shared/domain/source-field-rules.ts'
import { type FieldName, trimPasted } from '#shared/domain/text-rules.ts'
import type { FieldProblemView } from '#shared/ipc/problems.ts'
import type { SourceCheck, SourceCheckProgress, SourceDraft } from '#shared/ipc/source-check.ts'
import { judgeDestinationPrefix, setDestinationPrefix } from './destination-model.ts'
import {
  type ArchivedChoice,
  type FieldFix,
  goTo,
  showProblems,
  type SourceFieldName,
  stepOf,
  type WizardState,
  withoutProblems,
  withProblems,
} from './wizard-state.ts'

export function chooseProvider(state: WizardState, providerId: string): WizardState {
  const preset = findPreset(providerId)
  // From a preset to custom, its endpoint and region stay as a start to edit from.
  const place = preset === null ? {} : { endpoint: preset.endpoint, region: preset.region }
  return staleAfter({ ...state, providerId, source: { ...state.source, ...place } }, ['endpoint', 'region'])
}

export function setSourceField(state: WizardState, name: SourceFieldName, text: string): WizardState {
  if (state.source[name] === text) return state
  const { prefixMeans, ...source } = state.source
  // What the prefix means was said of this prefix in this bucket.
  const isKept = prefixMeans !== undefined && name !== 'prefix' && name !== 'bucket'
  return staleAfter({ ...state, source: { ...source, ...(isKept ? { prefixMeans } : {}), [name]: text } }, [name])
}

/** The secret's text is not told, only that it is another one. */
export function secretChanged(state: WizardState): WizardState {
  return staleAfter(state, ['secretAccessKey'])
}

/** The input with the secret is gone, and with it what the check was worth. */
export function forgetSecret(state: WizardState): WizardState {
  return { ...state, step: 'source', check: { kind: 'none' }, dispatchKey: null }
}

/** Puts a one-click fix into the fields. A fix that moves a preset elsewhere picks the preset that lies there. */
export function applyFix(state: WizardState, fix: FieldFix): WizardState {
  let next = state
  if (fix.endpoint !== undefined || fix.region !== undefined) next = movePlace(next, fix)
  for (const name of ['accessKeyId', 'bucket', 'prefix'] as const) {
    const text = fix[name]
    if (text !== undefined) next = setSourceField(next, name, text)
  }
  if (fix.prefixMeans !== undefined) {
    next = staleAfter({ ...next, source: { ...next.source, prefixMeans: fix.prefixMeans } }, ['prefix'])
  }
  return fix.destinationPrefix === undefined ? next : setDestinationPrefix(next, fix.destinationPrefix)
}

/** A field's own one-click repair: what may still be wrong with it shows at once, and the focus goes there. */
export function repairField(state: WizardState, field: FieldName, repair: FieldFix): WizardState {
  const next = { ...applyFix(state, repair), focusRequest: field }
  if (field === 'destinationPrefix') return judgeDestinationPrefix(next)
  return field in next.source ? judgeSourceField(next, field as SourceFieldName) : next
}

function movePlace(state: WizardState, fix: FieldFix): WizardState {
  const preset = state.providerId === null ? null : findPreset(state.providerId)
  const region = fix.region ?? state.source.region
  const there = providerPresets.find(
    (candidate) =>
      candidate.provider === preset?.provider &&
      candidate.region === region &&
      (fix.endpoint === undefined || candidate.endpoint === fix.endpoint),
  )
  if (there !== undefined) return chooseProvider(state, there.id)
  const source = { ...state.source, region, endpoint: fix.endpoint ?? state.source.endpoint }
  return staleAfter({ ...state, providerId: CUSTOM_PROVIDER_ID, source }, ['endpoint', 'region'])
}

/** Every problem of step 1 that shows without asking anyone; the secret is judged where it lives. */
export function sourceProblems(state: WizardState): readonly FieldProblemView[] {
  if (state.providerId === null) return [{ field: 'endpoint', code: 'not-chosen' }, ...textProblems(state)]
  const endpoint = checkEndpoint(state.source.endpoint)
  const region = checkRegion(state.source.region, endpoint.ok ? endpoint.value : null)
  const pair = endpoint.ok ? checkEndpointAgainstBucket(endpoint.value, trimPasted(state.source.bucket)) : endpoint
  return [...(pair.ok ? [] : [pair.error]), ...(region.ok ? [] : [region.error]), ...textProblems(state)]
}

function textProblems({ source }: WizardState): readonly FieldProblemView[] {
  const results = [checkAccessKeyId(source.accessKeyId), checkBucket(source.bucket), checkSourcePrefix(source.prefix)]
  return results.flatMap((result) => (result.ok ? [] : [result.error]))
}

/** On leaving a field: what is wrong with it, unless it is merely still empty. */
export function judgeSourceField(state: WizardState, name: SourceFieldName): WizardState {
  const problem = sourceProblems(state).find(({ field, code }) => field === name && code !== 'empty')
  return problem === undefined ? state : withProblems(state, [problem])
}

/** On leaving the secret: only what is wrong with it comes here, never its text. */
export function judgeSecret(state: WizardState, problem: FieldProblemView | null): WizardState {
  return problem === null || problem.code === 'empty' ? state : withProblems(state, [problem])
}

export function checkStarted(state: WizardState, draft: SourceDraft): WizardState {
  return { ...state, problems: {}, check: { kind: 'running', draft, progress: null } }
}

/** What the running check has found so far; a word of one that no longer runs changes nothing. */
export function checkProgressed(state: WizardState, progress: SourceCheckProgress): WizardState {
  return state.check.kind === 'running' ? { ...state, check: { ...state.check, progress } } : state
}

/** Takes the answer to the check of `draft`; an answer to an abandoned one changes nothing. */
export function checkAnswered(state: WizardState, draft: SourceDraft, answer: SourceCheck): WizardState {
  if (state.check.kind !== 'running' || state.check.draft !== draft) return state
  return takeCheck({ ...state, check: { kind: 'none' } }, answer)
}

/** Takes what a check found, also the second one that main makes at the start of a migration. */
export function takeCheck(state: WizardState, answer: SourceCheck): WizardState {
  switch (answer.kind) {
    case 'fields':
      return showProblems({ ...state, check: { kind: 'none' } }, answer.fieldProblems)
    case 'blocked':
      return { ...state, step: 'source', check: { kind: 'blocked', findings: answer.findings, isStale: false } }
    case 'ready': {
      const { findings, target, firstKey, survey } = answer
      const choice = { archivedChoice: null, isChoiceMissed: false }
      return { ...state, check: { kind: 'ready', findings, target, firstKey, survey, ...choice, isStale: false } }
    }
    case 'stopped':
      return state
  }
}

/** E10: fields that only the API could judge. A source with one in it has to be mended and checked again. */
export function takeFieldRefusal(state: WizardState, problems: readonly FieldProblemView[]): WizardState {
  const isSourceRefused = problems.some(({ field }) => stepOf(field) === 'source')
  return showProblems(isSourceRefused ? { ...state, check: { kind: 'none' } } : state, problems)
}

export function isSourceReady(state: WizardState): boolean {
  return state.check.kind === 'ready' && !state.check.isStale
}

/** S17: archived files were seen, so there is something to choose before going on. */
export function isArchivedChoiceNeeded(state: WizardState): boolean {
  return isSourceReady(state) && state.check.kind === 'ready' && state.check.survey.archivedObjects > 0
}

export function chooseForArchived(state: WizardState, archivedChoice: ArchivedChoice): WizardState {
  if (state.check.kind !== 'ready') return state
  return { ...state, check: { ...state.check, archivedChoice, isChoiceMissed: false } }
}

/** Whether the next step may be entered: the source is ready, and nobody chose to stop at its archived files. */
export function mayLeaveSource(state: WizardState): boolean {
  return isSourceReady(state) && !(state.check.kind === 'ready' && state.check.archivedChoice === 'stop')
}

/** On to the destination, or what is still to choose before that. */
export function leaveSource(state: WizardState): WizardState {
  if (state.check.kind !== 'ready' || !mayLeaveSource(state)) return state
  if (isArchivedChoiceNeeded(state) && state.check.archivedChoice === null) {
    return { ...state, check: { ...state.check, isChoiceMissed: true } }
  }
  return goTo(state, 'destination')
}

/** The demo's source, as if typed. */
export function fillSource(state: WizardState, source: SourceDraft): WizardState {
  return staleAfter({ ...state, providerId: CUSTOM_PROVIDER_ID, source, problems: {} }, [])
}

function staleAfter(state: WizardState, fields: readonly FieldName[]): WizardState {
  const check =
    state.check.kind === 'running'
      ? ({ kind: 'none' } as const)
      : 'isStale' in state.check
        ? { ...state.check, isStale: true }
        : state.check
  return { ...state, check, problems: withoutProblems(state.problems, fields) }
}
