import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type AutostartEntry, autostartText, isAutostartOn } from './autostart-entry.ts'
import type { LoginItem } from './login-item.ts'

interface LinuxLoginItemPorts {
  /** `~/.config/autostart/<app id>.desktop` */
  readonly file: string
  readonly entry: AutostartEntry
}

/** A file that the desktop reads at login: there whole or not at all, whatever happens in between. */
export function createLinuxLoginItem({ file, entry }: LinuxLoginItemPorts): LoginItem {
  const isEnabled = (): boolean => {
    const text = read(file)
    return text !== null && isAutostartOn(text)
  }
  const setEnabled = (isWanted: boolean): string | null => {
    try {
      if (isWanted) writeWhole(file, autostartText(entry))
      else rmSync(file, { force: true })
      return null
    } catch (error) {
      return errorCode(error)
    }
  }
  return {
    isEnabled,
    setEnabled,
    // An AppImage is moved or replaced by hand. Without success it stays as it was: no reason to disturb anybody.
    refresh: () => {
      if (isEnabled() && read(file) !== autostartText(entry)) setEnabled(true)
    },
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function writeWhole(file: string, text: string): void {
  // A desktop reads `*.desktop` only.
  const part = `${file}.part`
  mkdirSync(dirname(file), { recursive: true })
  try {
    writeFileSync(part, text, { mode: 0o644, flush: true })
    renameSync(part, file)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}
