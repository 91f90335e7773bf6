const codes = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })
const ORPHAN_CHECK_MS = 500

/**
 * Tells once that this program should end: by a signal, or because the npm that started it is gone (npm ends at
 * SIGTERM without passing it on to what its shell runs).
 * @param {(interruption: { signal: NodeJS.Signals, exitCode: number }) => void} tell
 */
export function onInterruption(tell) {
  let isTold = false
  /** @param {keyof typeof codes} signal */
  const interrupt = (signal) => {
    if (isTold) return
    isTold = true
    tell({ signal, exitCode: codes[signal] })
  }
  for (const signal of /** @type {(keyof typeof codes)[]} */ (Object.keys(codes))) process.on(signal, interrupt)
  const parent = process.ppid
  if (process.env['npm_lifecycle_event'] === undefined) return
  setInterval(() => process.ppid !== parent && interrupt('SIGTERM'), ORPHAN_CHECK_MS).unref()
}
