export interface WindowClosingPorts {
  readonly isQuitting: () => boolean
  readonly isKeptInTray: () => boolean
  readonly isTrayExplained: () => boolean
  readonly setTrayExplained: () => void
  /** One notification: the app is still there, and how to get it back. */
  readonly explainTray: () => void
  readonly quit: () => void
}

/**
 * What follows when the window has closed. Kept in the tray, the app says so once ever. Some Linux desktops show no tray,
 * and none tells whether it does; therefore starting the app again always opens the window, and the words say so.
 */
export function createWindowClosing(ports: WindowClosingPorts): { readonly closed: () => void } {
  return {
    closed: () => {
      if (ports.isQuitting()) return
      if (!ports.isKeptInTray()) {
        ports.quit()
        return
      }
      if (ports.isTrayExplained()) return
      // Remembered first: better not told than told twice.
      ports.setTrayExplained()
      ports.explainTray()
    },
  }
}
