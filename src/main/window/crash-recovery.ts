export const MAX_RELOADS = 3
export const RELOAD_WINDOW_MS = 60_000

export type CrashChoice = 'reload' | 'close'

/** The crashed page and the person before it. */
export interface CrashedPage {
  readonly reload: () => void
  readonly close: () => void
  /** Asks in the app's own words; the page can show none. */
  readonly ask: () => Promise<CrashChoice>
}

/** Brings a crashed page back, but not for ever: what crashes at each start would keep the machine busy and show nothing. */
export interface CrashRecovery {
  readonly crashed: (page: CrashedPage) => void
}

export function createCrashRecovery({ now }: { readonly now: () => number }): CrashRecovery {
  let reloads: readonly number[] = []
  return {
    crashed: (page) => {
      const recent = reloads.filter((at) => now() - at < RELOAD_WINDOW_MS)
      if (recent.length < MAX_RELOADS) {
        reloads = [...recent, now()]
        page.reload()
        return
      }
      void page.ask().then((choice) => {
        reloads = []
        if (choice === 'reload') page.reload()
        else page.close()
      })
    },
  }
}
