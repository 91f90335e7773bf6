import type { MigrationView } from '#shared/contract/schemas.ts'
import type { Notice } from '#shared/ipc/channels.ts'
import type { Preferences } from '#shared/ipc/preferences.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { AppSnapshot, CurrentMigration, Session } from '#shared/ipc/snapshot.ts'
import type { UpdateState } from '#shared/ipc/updates.ts'
import { defaultPreferences } from '../preferences/default-preferences.ts'

/** At most about four snapshots a second: quick to the eye, cheap to send. */
export const PUBLISH_INTERVAL_MS = 250

export interface Migrations {
  readonly current: CurrentMigration | null
  readonly followed: CurrentMigration | null
}

/**
 * `snapshot` is the window's. `background` is for what has no window (tray, notifications, taskbar): the same with
 * the followed migration as its current one, whatever the window looks at.
 */
type Listener = (snapshot: Notice<'snapshotChanged'>, background: AppSnapshot) => void

/** The app's one truth. Services write their part; window, tray and notifications see published snapshots. */
export interface AppState {
  /** The state as it is now; publishes first what has not been published, so that revisions never skip. */
  readonly snapshot: () => AppSnapshot
  readonly setSession: (session: Session) => void
  readonly current: () => CurrentMigration | null
  /** The migration that is followed; the same as `current` unless the window looks at an ended one. */
  readonly followed: () => CurrentMigration | null
  /** Both at once, so that none is ever published without the other. */
  readonly setMigrations: (migrations: Migrations) => void
  /** Null: the API answers. While failures go on the first time is kept: `heardAt`, the last sign of life, or now. */
  readonly setConnectionProblem: (problem: AppProblem | null, heardAt?: Date | null) => void
  readonly setPreferences: (preferences: Preferences) => void
  readonly setEndNews: (endNews: readonly MigrationView[]) => void
  /** Null: it was put away, or there is none. */
  readonly setLinkProblem: (problem: AppProblem | null) => void
  readonly setUpdates: (updates: UpdateState) => void
  /** Returns the function that ends the subscription. */
  readonly subscribe: (listener: Listener) => () => void
  /** Ends timers; nothing is published afterwards. */
  readonly close: () => void
}

export function createAppState(now: () => Date = () => new Date()): AppState {
  let state: AppSnapshot = {
    revision: 0,
    session: { kind: 'restoring', isKeychainAsked: true },
    current: null,
    connectionProblem: null,
    preferences: { ...defaultPreferences, isLaunchedAtLogin: null },
    endNews: [],
    linkProblem: null,
    updates: { kind: 'off', reason: 'not-installed' },
  }
  let followed: CurrentMigration | null = null
  let isDirty = false
  let timer: NodeJS.Timeout | null = null
  const listeners = new Set<Listener>()

  const publish = (): void => {
    isDirty = false
    state = { ...state, revision: state.revision + 1 }
    const background = { ...state, current: followed ?? state.current }
    for (const listener of listeners) listener(state, background)
  }
  const onTimer = (): void => {
    timer = null
    if (!isDirty) return
    // Before it is published: what a listener changes goes out next, never in between.
    startTimer()
    publish()
  }
  const startTimer = (): void => {
    timer = setTimeout(onTimer, PUBLISH_INTERVAL_MS)
    timer.unref()
  }
  const change = (part: Partial<AppSnapshot>): void => {
    state = { ...state, ...part }
    isDirty = true
    // The first change goes out at once, those that follow closely go out together.
    if (timer !== null) return
    startTimer()
    publish()
  }

  return {
    snapshot: () => {
      if (isDirty) {
        if (timer === null) startTimer()
        publish()
      }
      return state
    },
    setSession: (session) => change({ session }),
    current: () => state.current,
    followed: () => followed,
    setMigrations: (migrations) => {
      followed = migrations.followed
      change({ current: migrations.current })
    },
    setConnectionProblem: (problem, heardAt) => {
      const before = state.connectionProblem
      if (problem === null) {
        if (before !== null) change({ connectionProblem: null })
        return
      }
      change({ connectionProblem: { problem, since: before?.since ?? (heardAt ?? now()).toISOString() } })
    },
    setPreferences: (preferences) => change({ preferences }),
    setEndNews: (endNews) => {
      if (endNews.length > 0 || state.endNews.length > 0) change({ endNews: [...endNews] })
    },
    setLinkProblem: (linkProblem) => {
      if (linkProblem !== state.linkProblem) change({ linkProblem })
    },
    setUpdates: (updates) => change({ updates }),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      if (timer !== null) clearTimeout(timer)
      listeners.clear()
    },
  }
}
