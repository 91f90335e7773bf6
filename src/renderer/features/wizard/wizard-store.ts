import { createStore, type StoreApi } from 'zustand/vanilla'
import { emptyWizard, type WizardState } from './wizard-state.ts'

/** Holds the draft while the window is open. Never the secret: wizard-state has no place for it. */
export interface WizardStore {
  readonly state: StoreApi<WizardState>
  readonly update: (change: (state: WizardState) => WizardState) => void
  readonly startOver: () => void
}

export function createWizardStore(): WizardStore {
  const state = createStore<WizardState>(() => emptyWizard)
  return {
    state,
    update: (change) => state.setState(change),
    startOver: () => state.setState(emptyWizard),
  }
}
