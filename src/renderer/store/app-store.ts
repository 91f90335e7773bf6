import type { Bridge } from '#shared/ipc/channels.ts'
import type { AppFacts, AppSnapshot } from '#shared/ipc/snapshot.ts'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { judgeSnapshotNotice } from './snapshot-rules.ts'

/** A mirror of main: nothing here is decided by the window. */
export interface AppState {
  readonly facts: AppFacts | null
  readonly snapshot: AppSnapshot | null
  /** Whether the demo offers its account. The offer itself holds secrets and is asked for at the click. */
  readonly isDemoOffered: boolean
}

export interface AppStore {
  readonly state: StoreApi<AppState>
  /** Subscribes, then asks once for everything. Returns the function that ends the subscription. */
  readonly connect: () => () => void
  /** Asks main for its snapshot; an answer older than what is held is dropped. */
  readonly refresh: () => Promise<void>
}

export function createAppStore(bridge: Bridge): AppStore {
  const state = createStore<AppState>(() => ({ facts: null, snapshot: null, isDemoOffered: false }))

  const refresh = async () => {
    const snapshot = await bridge.getSnapshot(null)
    const held = state.getState().snapshot
    if (held === null || snapshot.revision > held.revision) state.setState({ snapshot })
  }

  const receive = (snapshot: AppSnapshot) => {
    switch (judgeSnapshotNotice(state.getState().snapshot?.revision ?? null, snapshot.revision)) {
      case 'take':
        state.setState({ snapshot })
        return
      case 'ask-again':
        void refresh()
        return
      case 'ignore':
        return
    }
  }

  const connect = () => {
    const disconnect = bridge.onNotice('snapshotChanged', receive)
    void refresh()
    void bridge.getFacts(null).then((facts) => state.setState({ facts }))
    void bridge.getDemoOffer(null).then((offer) => state.setState({ isDemoOffered: offer !== null }))
    return disconnect
  }

  return { state, connect, refresh }
}
