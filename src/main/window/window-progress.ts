import type { BrowserWindow } from 'electron'
import type { WindowProgress } from './progress-bar-rules.ts'

/** Draws the bar on dock or taskbar of whichever window there is. */
export interface WindowProgressBar {
  readonly set: (progress: WindowProgress | null) => void
  /** A new window has none of what was drawn before. */
  readonly windowOpened: () => void
  /** The person has come: an error is seen. */
  readonly windowFocused: () => void
}

export function createWindowProgressBar(window: () => BrowserWindow | null): WindowProgressBar {
  let progress: WindowProgress | null = null
  let isErrorSeen = false
  const draw = (): void => {
    const shown = progress?.mode === 'error' && isErrorSeen ? null : progress
    if (shown === null) window()?.setProgressBar(-1)
    // Above 1 the system shows a bar without an end, and that always moves.
    else if (shown.fraction === null && shown.mode === 'normal') window()?.setProgressBar(2, { mode: 'indeterminate' })
    else window()?.setProgressBar(shown.fraction ?? 1, { mode: shown.mode })
  }
  return {
    set: (next) => {
      if (next?.mode !== progress?.mode) isErrorSeen = window()?.isFocused() ?? false
      const isChanged = next?.mode !== progress?.mode || next?.fraction !== progress?.fraction
      progress = next
      if (isChanged) draw()
    },
    windowOpened: draw,
    windowFocused: () => {
      isErrorSeen = true
      if (progress?.mode === 'error') draw()
    },
  }
}
