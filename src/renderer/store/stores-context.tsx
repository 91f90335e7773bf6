import type { AppFacts } from '#shared/ipc/snapshot.ts'
import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { WizardState } from '../features/wizard/wizard-state.ts'
import type { AppState } from './app-store.ts'
import type { Stores } from './stores.ts'
import type { ViewState } from './view-model.ts'

const StoresContext = createContext<Stores | null>(null)
export const StoresProvider = StoresContext.Provider

export function useStores(): Stores {
  const stores = use(StoresContext)
  if (stores === null) throw new Error('no StoresProvider above this component')
  return stores
}

export function useAppState<T>(select: (state: AppState) => T): T {
  return useStore(useStores().app.state, select)
}

export function useViewState<T>(select: (state: ViewState) => T): T {
  return useStore(useStores().view, select)
}

export function useWizardState<T>(select: (state: WizardState) => T): T {
  return useStore(useStores().wizard.state, select)
}

/** The keychain's own name; a word that fits all until main has told it. */
export function useKeychainName(): string {
  return useAppState(({ facts }: { facts: AppFacts | null }) => facts?.keychainName ?? 'your system’s keychain')
}
