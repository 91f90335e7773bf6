import { once } from 'node:events'
import type { RunningApp } from './running-app.ts'

/** Long for an app that has only to end, short for one that hangs. */
const ENDS_WITHIN_MS = 5_000

/** Has it quit, and fails unless its process is gone soon. */
export async function endsSoon({ electron }: RunningApp, quit: () => unknown): Promise<void> {
  const program = electron.process()
  const ended = once(program, 'exit', { signal: AbortSignal.timeout(ENDS_WITHIN_MS) })
  await Promise.all([ended, quit()])
}

/** As `Quit` in the menu bar, whose keys work where the bar is hidden. */
export async function quitByMenu({ electron }: RunningApp): Promise<void> {
  const click = electron.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? []
    items.find(({ role }) => role === 'quit')?.click()
  })
  // The answer may get lost with the app.
  await click.catch(() => undefined)
}
