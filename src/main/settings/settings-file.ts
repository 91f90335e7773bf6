import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import Store from 'electron-store'

/** The settings' file as the store needs it. Both may throw what the disk throws. */
export interface SettingsFile {
  /** Its present content and the way to replace it, atomically. */
  readonly open: () => { store: Record<string, unknown> }
  /** Moves the file out of the way without losing it. */
  readonly setAside: () => void
}

/** `<dir>/settings.json`, written by electron-store. */
export function createSettingsFile(dir: string): SettingsFile {
  const path = join(dir, 'settings.json')
  return {
    // `clearInvalidConfig` would delete what it cannot read; we keep it for support.
    open: () => new Store({ cwd: dir, name: 'settings', clearInvalidConfig: false }),
    setAside: () => {
      if (existsSync(path)) renameSync(path, `${path}.unreadable`)
    },
  }
}
