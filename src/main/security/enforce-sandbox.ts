import { app } from 'electron'
import type { Logger } from '../logger.ts'

/**
 * Puts every page into the system's sandbox, whatever a window asks for. Must run before the app is ready.
 * `--no-sandbox` is respected: as root (containers, CI) Chromium starts no process without it, and
 * `enableSandbox` would take the switch away. Our window's preload and page stay sandboxed all the same.
 */
export function enforceSandbox(logger: Logger): void {
  if (app.commandLine.hasSwitch('no-sandbox')) logger.warn('system-sandbox-off')
  else app.enableSandbox()
}
