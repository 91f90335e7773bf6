/** Whether the system starts the app when the person logs in. The system is asked each time: it has its own switch. */
export interface LoginItem {
  /** Null: there is no way here. */
  readonly isEnabled: () => boolean | null
  /** Null: done, as far as the system says; else its error code, e.g. `EACCES`. */
  readonly setEnabled: (isEnabled: boolean) => string | null
  /** Once at the start: an app that has moved since is found where it is now. */
  readonly refresh: () => void
}

/** For an app that is not installed: the system would start something that may be gone tomorrow. */
export const noLoginItem: LoginItem = {
  isEnabled: () => null,
  setEnabled: () => 'ENOTSUP',
  refresh: () => undefined,
}
