import type { QuitMeaning, ToldMeaning } from './quit-rules.ts'

export interface QuitGuardPorts {
  readonly meaning: () => QuitMeaning
  /** True: quit all the same. */
  readonly askAboutSecret: () => Promise<boolean>
  /** The app quits and the migration does not; nobody has to answer. */
  readonly tellOfQuit: (meaning: ToldMeaning) => void
  readonly quit: () => void
}

/** Asks before a quit that would stop the migration; every other quit goes on at once, and says so of the migration. */
export interface QuitGuard {
  /** Electron's `before-quit`. */
  readonly beforeQuit: (event: { readonly preventDefault: () => void }) => void
  /** The system is shutting down: it would not wait for an answer. */
  readonly systemEnds: () => void
  /** The app ends for its new version, which goes on with everything; or does not after all. */
  readonly updateRestarts: (isRestarting: boolean) => void
  /** The app is ending: its windows close by themselves. */
  readonly isQuitting: () => boolean
}

export function createQuitGuard({ meaning, askAboutSecret, tellOfQuit, quit }: QuitGuardPorts): QuitGuard {
  let isAllowed = false
  let isAsking = false
  let isQuitting = false

  const ask = async (): Promise<void> => {
    isAsking = true
    const isWanted = await askAboutSecret().catch(() => true)
    isAsking = false
    if (!isWanted) return
    isAllowed = true
    quit()
  }
  return {
    beforeQuit: (event) => {
      const meant = meaning()
      if (isAllowed || meant !== 'waits-for-secret') {
        if (!isAllowed && !isQuitting && meant !== 'nothing' && meant !== 'waits-for-secret') tellOfQuit(meant)
        isQuitting = true
        return
      }
      event.preventDefault()
      if (!isAsking) void ask()
    },
    systemEnds: () => {
      isAllowed = true
    },
    updateRestarts: (isRestarting) => {
      isAllowed = isRestarting
    },
    // A quit that is allowed comes next; macOS closes the windows of an update's restart before it.
    isQuitting: () => isQuitting || isAllowed,
  }
}
