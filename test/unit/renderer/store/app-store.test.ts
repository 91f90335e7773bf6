import type { Bridge } from '#shared/ipc/channels.ts'
import type { AppSnapshot } from '#shared/ipc/snapshot.ts'
import { describe, expect, it, vi } from 'vitest'
import { createStores } from '../../../../src/renderer/store/stores.ts'
import { judgeSnapshotNotice } from '../../../../src/renderer/store/snapshot-rules.ts'
import { current, snapshot, uuid } from '../fixtures.ts'

/** Main as the window sees it: one snapshot to ask for, and notices to send. */
function mainDouble(first: AppSnapshot) {
  const listeners = new Map<string, (notice: never) => void>()
  const held = { snapshot: first, asked: 0 }
  const bridge = {
    getSnapshot: () => {
      held.asked += 1
      return Promise.resolve(held.snapshot)
    },
    getFacts: () => new Promise(() => undefined),
    getDemoOffer: () => Promise.resolve(null),
    tellWizardUse: vi.fn(() => Promise.resolve(null)),
    onNotice: (name: string, listener: (notice: never) => void) => {
      listeners.set(name, listener)
      return () => listeners.delete(name)
    },
  } as unknown as Bridge
  const send = (name: 'snapshotChanged' | 'cancelAsked' | 'rememberFailed', notice: unknown) => listeners.get(name)?.(notice as never)
  return { bridge, held, send, listeners }
}

async function connected(first: AppSnapshot) {
  const main = mainDouble(first)
  const stores = createStores(main.bridge)
  const disconnect = stores.connect()
  await vi.waitFor(() => expect(stores.app.state.getState().snapshot).not.toBeNull())
  const shown = () => stores.app.state.getState().snapshot
  return { ...main, stores, shown, disconnect }
}

describe('mirror of main', () => {
  it.each([
    [null, 5, 'ask-again'],
    [5, 6, 'take'],
    [5, 5, 'ignore'],
    [5, 4, 'ignore'],
    [5, 7, 'ask-again'],
  ] as const)('judges a notice against what is held: %s, %s → %s', (held, notice, verdict) => {
    expect(judgeSnapshotNotice(held, notice)).toBe(verdict)
  })

  it('takes the notice that follows, without asking again', async () => {
    const { send, shown, held } = await connected(snapshot({ revision: 3 }))
    send('snapshotChanged', snapshot({ revision: 4, current: current() }))
    expect(shown()?.revision).toBe(4)
    expect(held.asked).toBe(1)
  })

  it('asks again after a gap, and drops what is older', async () => {
    const { send, shown, held } = await connected(snapshot({ revision: 3 }))
    held.snapshot = snapshot({ revision: 9 })
    send('snapshotChanged', snapshot({ revision: 8 }))
    await vi.waitFor(() => expect(shown()?.revision).toBe(9))
    send('snapshotChanged', snapshot({ revision: 4 }))
    expect(shown()?.revision).toBe(9)
    expect(held.asked).toBe(2)
  })

  it('keeps a notice that overtook the first answer', async () => {
    const { stores, held, shown } = await connected(snapshot({ revision: 3 }))
    stores.app.state.setState({ snapshot: snapshot({ revision: 5 }) })
    held.snapshot = snapshot({ revision: 4 })
    await stores.app.refresh()
    expect(shown()?.revision).toBe(5)
  })

  it('ends its subscriptions', async () => {
    const { disconnect, listeners } = await connected(snapshot())
    disconnect()
    expect(listeners.size).toBe(0)
  })
})

describe('places', () => {
  it('S14: opens at the migration last viewed, and goes to one that begins', async () => {
    const { stores, send } = await connected(snapshot())
    expect(stores.view.getState().place).toBe('wizard')
    send('snapshotChanged', snapshot({ revision: 2, current: current() }))
    expect(stores.view.getState().place).toBe('migration')
    stores.view.setState({ place: 'wizard' })
    send('snapshotChanged', snapshot({ revision: 3, current: current({ revision: 2 }) }))
    expect(stores.view.getState().place).toBe('wizard')
    send('snapshotChanged', snapshot({ revision: 4 }))
    expect(stores.view.getState().migrationId).toBeNull()
  })

  it('S15: the tray’s cancel opens the question, but only for the migration it meant', async () => {
    const { stores, send } = await connected(snapshot({ current: current() }))
    send('cancelAsked', { migrationId: uuid(5) })
    expect(stores.view.getState().isCancelAsked).toBe(false)
    send('cancelAsked', { migrationId: uuid(99) })
    expect(stores.view.getState()).toMatchObject({ place: 'migration', isCancelAsked: true })
  })

  it('B7: what the keychain says late is there to read, until somebody else comes', async () => {
    const { stores, send } = await connected(snapshot())
    send('rememberFailed', { problem: { code: 'keychain-denied' } })
    expect(stores.view.getState().rememberProblem).toEqual({ code: 'keychain-denied' })
    send('snapshotChanged', snapshot({ revision: 2, session: { kind: 'signed-out', problem: null } }))
    expect(stores.view.getState().rememberProblem).toBeNull()
  })

  const signedInAs = (n: number): Pick<AppSnapshot, 'session'> => {
    const { session } = snapshot()
    if (session.kind !== 'signed-in') throw new Error('the fixture is signed in')
    return { session: { ...session, account: { ...session.account, id: uuid(n) } } }
  }
  const refused = { session: { kind: 'signed-out', problem: { code: 'unauthenticated' } } } as const
  const asked = { session: { kind: 'signed-out', problem: null } } as const

  it('E10: keeps the draft when the key is refused, past a wrong one, and comes back to it', async () => {
    const { stores, send } = await connected(snapshot({ ...signedInAs(1), current: current() }))
    stores.view.setState({ place: 'wizard' })
    stores.wizard.update((state) => ({ ...state, providerId: 'custom' }))
    send('snapshotChanged', snapshot({ revision: 2, ...refused }))
    send('snapshotChanged', snapshot({ revision: 3, ...asked }))
    send('snapshotChanged', snapshot({ revision: 4, ...signedInAs(1) }))
    send('snapshotChanged', snapshot({ revision: 5, ...signedInAs(1), current: current() }))
    expect(stores.wizard.state.getState().providerId).toBe('custom')
    expect(stores.view.getState()).toMatchObject({ place: 'wizard', migrationId: uuid(99) })
    // What they start from it is shown as ever.
    send('snapshotChanged', snapshot({ revision: 6, ...signedInAs(1), current: current({ id: uuid(98) }) }))
    expect(stores.view.getState().place).toBe('migration')
  })

  it('E10: waits for no form where there was none, nor once the person has gone on from it', async () => {
    for (const providerId of [null, 'custom'] as const) {
      const { stores, send } = await connected(snapshot(signedInAs(1)))
      stores.wizard.update((state) => ({ ...state, providerId }))
      send('snapshotChanged', snapshot({ revision: 2, ...refused }))
      send('snapshotChanged', snapshot({ revision: 3, ...signedInAs(1) }))
      if (providerId !== null) stores.view.setState({ place: 'history' })
      send('snapshotChanged', snapshot({ revision: 4, ...signedInAs(1), current: current() }))
      expect(stores.view.getState().place).toBe('migration')
    }
  })

  it('E10, S9: nobody else finds the draft, nor do they after signing out', async () => {
    for (const [ended, next] of [[refused, 2], [asked, 1]] as const) {
      const { stores, send } = await connected(snapshot(signedInAs(1)))
      stores.wizard.update((state) => ({ ...state, providerId: 'custom' }))
      send('snapshotChanged', snapshot({ revision: 2, ...ended }))
      send('snapshotChanged', snapshot({ revision: 3, ...signedInAs(next) }))
      send('snapshotChanged', snapshot({ revision: 4, ...signedInAs(next), current: current() }))
      expect(stores.wizard.state.getState().providerId).toBeNull()
      expect(stores.view.getState().place).toBe('migration')
    }
  })

  it('forgets the draft at sign-out', async () => {
    const { stores, send } = await connected(snapshot())
    stores.wizard.update((state) => ({ ...state, providerId: 'custom' }))
    send('snapshotChanged', snapshot({ revision: 2, session: { kind: 'signed-out', problem: null } }))
    expect(stores.wizard.state.getState().providerId).toBeNull()
  })

  it('B13: tells main once when the wizard is begun, and once when it is put aside', async () => {
    const { stores, bridge } = await connected(snapshot())
    for (const bucket of ['f', 'fi', 'fie']) {
      stores.wizard.update((state) => ({ ...state, source: { ...state.source, bucket } }))
    }
    expect(bridge.tellWizardUse).toHaveBeenCalledExactlyOnceWith({ use: 'filled-in' })
    stores.view.setState({ place: 'settings' })
    expect(bridge.tellWizardUse).toHaveBeenLastCalledWith({ use: 'put-aside' })
    expect(bridge.tellWizardUse).toHaveBeenCalledTimes(2)
  })
})
