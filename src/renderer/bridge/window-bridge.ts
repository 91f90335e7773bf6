import type { Bridge } from '#shared/ipc/channels.ts'

declare global {
  interface Window {
    /** Put there by preload; absent outside the app. */
    readonly carolina?: Bridge
  }
}

/** The only place that touches the bridge on `window`. Throws when preload did not run: nothing would work. */
export function readWindowBridge(): Bridge {
  if (window.carolina === undefined) throw new Error('preload did not expose the bridge')
  return window.carolina
}
