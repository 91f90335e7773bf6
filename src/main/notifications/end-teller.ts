import type { MigrationView } from '#shared/contract/schemas.ts'
import { decideEnd } from './notification-rules.ts'

export interface EndTellerPorts {
  /** Kept across restarts, for whoever is signed in. */
  readonly awaitedIds: () => readonly string[]
  readonly setAwaitedIds: (migrationIds: readonly string[]) => void
  readonly isWindowInFront: () => boolean
  readonly isCancelledHere: (migrationId: string) => boolean
  /** False: the system shows none, so the window has to tell it. */
  readonly notify: (end: End) => boolean
  /** What the window is to tell. */
  readonly setEndNews: (migrations: readonly MigrationView[]) => void
}

export interface End {
  readonly migration: MigrationView
  /** It came while the person or the connection was away. */
  readonly isMissed: boolean
}

/**
 * Tells the end of each migration once: by the system's notification, or by the window when that is in front. Which ends
 * are still to be told outlives the app; how, is decided each time anew until it is done.
 */
export interface EndTeller {
  /** A state of a migration, live or ended, as often as it is seen. */
  readonly saw: (end: End) => void
  /** The system took the notification and did not show it. */
  readonly wasNotShown: (end: End) => void
  /** The window is not in front any more: what it has not told by now, the system tells. */
  readonly windowLeft: () => void
  /** With its page goes what it told; what only a window can tell waits for the next one. */
  readonly windowClosed: () => void
  readonly shownInWindow: (migrationId: string) => void
  readonly putAway: (migrationId: string) => void
  /** What is not told yet waits until they are back. */
  readonly signedOut: () => void
}

export function createEndTeller(ports: EndTellerPorts): EndTeller {
  const news = new Map<string, End & { isShown: boolean; readonly isForWindowOnly: boolean }>()
  const publish = (): void => ports.setEndNews([...news.values()].map(({ migration }) => migration))
  const settle = (id: string): void => ports.setAwaitedIds(ports.awaitedIds().filter((awaited) => awaited !== id))

  const leaveToWindow = (end: End): void => {
    const { id } = end.migration
    if (!ports.awaitedIds().includes(id)) ports.setAwaitedIds([...ports.awaitedIds(), id])
    news.set(id, { ...end, isShown: false, isForWindowOnly: true })
    publish()
  }
  const saw = (end: End): void => {
    const { id } = end.migration
    if (news.get(id)?.isForWindowOnly === true) return
    const step = decideEnd(end.migration, {
      isAwaited: ports.awaitedIds().includes(id),
      isWindowInFront: ports.isWindowInFront(),
      isCancelledHere: ports.isCancelledHere(id),
    })
    if (step === 'await') ports.setAwaitedIds([...ports.awaitedIds(), id])
    if (step === 'ask-window' && !news.has(id)) {
      news.set(id, { ...end, isShown: false, isForWindowOnly: false })
      publish()
    }
    if (step === 'notify' || step === 'settle') {
      // Remembered first: a crash in between loses one notification instead of telling it twice.
      settle(id)
      if (news.delete(id)) publish()
      if (step === 'notify' && !ports.notify(end)) leaveToWindow(end)
    }
  }
  const windowLeft = (): void => {
    for (const end of [...news.values()]) if (!end.isShown) saw(end)
  }
  const shownInWindow = (id: string): void => {
    const told = news.get(id)
    if (told === undefined || told.isShown) return
    told.isShown = true
    settle(id)
  }
  const clear = (): void => {
    news.clear()
    publish()
  }
  return {
    saw,
    wasNotShown: leaveToWindow,
    windowLeft,
    windowClosed: () => {
      windowLeft()
      for (const [id, { isShown, isForWindowOnly }] of [...news]) if (isShown || !isForWindowOnly) news.delete(id)
      publish()
    },
    shownInWindow,
    putAway: (id) => {
      shownInWindow(id)
      if (news.delete(id)) publish()
    },
    signedOut: clear,
  }
}
