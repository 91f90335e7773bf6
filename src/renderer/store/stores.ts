import type { Bridge } from '#shared/ipc/channels.ts'
import type { AppSnapshot } from '#shared/ipc/snapshot.ts'
import type { WizardUse } from '#shared/ipc/updates.ts'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createWizardStore, type WizardStore } from '../features/wizard/wizard-store.ts'
import { type AppStore, createAppStore } from './app-store.ts'
import {
  askCancel,
  followSnapshot,
  initialView,
  isKeyRefusal,
  openMigration,
  type ViewState,
  wizardUse,
} from './view-model.ts'

export interface Stores {
  readonly bridge: Bridge
  readonly app: AppStore
  readonly view: StoreApi<ViewState>
  readonly wizard: WizardStore
  /** Begins to mirror main. Returns the function that stops it. */
  readonly connect: () => () => void
}

export function createStores(bridge: Bridge): Stores {
  const app = createAppStore(bridge)
  const view = createStore<ViewState>(() => initialView)
  const wizard = createWizardStore()

  /** Whose draft the wizard holds. */
  let draftOf: string | null = null

  const follow = (snapshot: AppSnapshot, before: AppSnapshot | null) => {
    const { session } = snapshot
    if (session.kind === 'signed-in') {
      if (draftOf !== null && draftOf !== session.account.id) startOver()
      draftOf = session.account.id
    } else if (before?.session.kind === 'signed-in' && !isKeyRefusal(snapshot, before)) startOver()
    const isFormBegun = wizardUse(view.getState().place, wizard.state.getState()) === 'filled-in'
    view.setState(followSnapshot(view.getState(), snapshot, before, isFormBegun))
  }
  const startOver = () => {
    wizard.startOver()
    view.setState({ isFormAwaited: false })
  }

  const connect = () => {
    const endings = [
      app.state.subscribe(({ snapshot }, before) => {
        if (snapshot !== null && snapshot !== before.snapshot) follow(snapshot, before.snapshot)
      }),
      bridge.onNotice('rememberFailed', ({ problem }) => view.setState({ rememberProblem: problem })),
      bridge.onNotice('cancelAsked', ({ migrationId }) => view.setState(askCancel(view.getState(), migrationId))),
      bridge.onNotice('migrationOpened', ({ migrationId }) => view.setState(openMigration(view.getState(), migrationId))),
      // Who goes on to another place has found the form.
      view.subscribe(({ place, isFormAwaited }, before) => {
        if (isFormAwaited && place !== before.place) view.setState({ isFormAwaited: false })
      }),
      tellWizardUse(bridge, view, wizard),
      app.connect(),
    ]
    return () => endings.forEach((end) => end())
  }

  return { bridge, app, view, wizard, connect }
}

/** Main holds updates back while the wizard is being filled in, and their restart while it holds a draft. Returns the function that ends it. */
function tellWizardUse(bridge: Bridge, view: Stores['view'], { state: wizard }: WizardStore): () => void {
  let told: WizardUse = 'empty'
  const tell = (): void => {
    const use = wizardUse(view.getState().place, wizard.getState())
    if (use === told) return
    told = use
    void bridge.tellWizardUse({ use })
  }
  const endings = [view.subscribe(tell), wizard.subscribe(tell)]
  return () => endings.forEach((end) => end())
}
