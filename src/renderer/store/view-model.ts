import type { AppProblem } from '#shared/ipc/problems.ts'
import type { AppSnapshot } from '#shared/ipc/snapshot.ts'
import type { WizardUse } from '#shared/ipc/updates.ts'
import { emptyWizard, type WizardState } from '../features/wizard/wizard-state.ts'

/** Which of the places in the rail is shown, and what is open there. Pure: the store only holds it. */
export interface ViewState {
  readonly place: 'wizard' | 'migration' | 'history' | 'settings'
  /** The migration the place was chosen for; another one brings the window to it. */
  readonly migrationId: string | null
  readonly isCancelAsked: boolean
  /** "Kept only until you quit" was read and put away. */
  readonly isKeepingNoticeHidden: boolean
  /** B7: the last migration has started, but the keychain did not take its secret. Until read and put away. */
  readonly rememberProblem: AppProblem | null
  /** E10: the API key was refused over an open form; signed in again, the person finds the form and not a migration. */
  readonly isFormAwaited: boolean
}

export const initialView: ViewState = {
  place: 'wizard',
  migrationId: null,
  isCancelAsked: false,
  isKeepingNoticeHidden: false,
  rememberProblem: null,
  isFormAwaited: false,
}

/** E10: the API refused the key of somebody who was signed in; not that they signed out, nor a later try to sign in. */
export function isKeyRefusal({ session }: AppSnapshot, before: AppSnapshot | null): boolean {
  return before?.session.kind === 'signed-in' && session.kind === 'signed-out' && session.problem?.code === 'unauthenticated'
}

/** The view after main told its state: a new migration is shown, without one there is only the wizard. */
export function followSnapshot(
  view: ViewState,
  snapshot: AppSnapshot,
  before: AppSnapshot | null = null,
  isFormBegun = false,
): ViewState {
  if (snapshot.session.kind !== 'signed-in') {
    const hasLeft = before?.session.kind === 'signed-in'
    const isFormAwaited = hasLeft ? isKeyRefusal(snapshot, before) && isFormBegun : view.isFormAwaited
    return { ...initialView, isFormAwaited }
  }
  const migrationId = snapshot.current?.migration.id ?? null
  if (migrationId === view.migrationId) return view
  const place = migrationId === null || view.isFormAwaited ? 'wizard' : 'migration'
  return { ...view, place, migrationId, isCancelAsked: false, isFormAwaited: view.isFormAwaited && migrationId === null }
}

/**
 * The tray asked to confirm a cancel: only the migration it meant is concerned. A window that the tray has just
 * opened may hear of it before it has the first snapshot; it then waits for that migration.
 */
export function askCancel(view: ViewState, migrationId: string): ViewState {
  if (view.migrationId !== null && view.migrationId !== migrationId) return view
  return { ...view, place: 'migration', migrationId, isCancelAsked: true }
}

/** A link was followed to this migration, which may reach the window before its first snapshot does. */
export function openMigration(view: ViewState, migrationId: string): ViewState {
  return { ...view, place: 'migration', migrationId, isCancelAsked: false }
}

/** An empty wizard is only what is shown when there is nothing else; a filled-in one is kept while another place is shown. */
export function wizardUse(place: ViewState['place'], { step, providerId, source }: WizardState): WizardUse {
  const hasText = Object.values(source).some((text) => text !== '')
  if (step === emptyWizard.step && providerId === null && !hasText) return 'empty'
  return place === 'wizard' ? 'filled-in' : 'put-aside'
}
