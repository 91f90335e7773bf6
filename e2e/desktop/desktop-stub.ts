import { expect } from '@playwright/test'
import dbus, { type MessageBus } from 'dbus-next'
import { exportNotifications, type ShownNotification } from './notification-server.ts'
import { TrayIcon } from './tray-icon.ts'
import { exportTrayWatcher } from './tray-watcher.ts'

/** The parts of a desktop that tray and notifications need, on the session's bus. */
export interface DesktopStub {
  /** Waits for the newest icon. */
  tray(): Promise<TrayIcon>
  notifications(): readonly ShownNotification[]
  clickNotification(id: number): void
  close(): void
}

/** Has to be up before the app starts: Electron looks for both names once. */
export async function startDesktopStub(bus: MessageBus = dbus.sessionBus()): Promise<DesktopStub> {
  const watcher = await exportTrayWatcher(bus)
  const notifier = await exportNotifications(bus)
  return {
    tray: async () => {
      await expect.poll(() => watcher.items.length, { message: 'the tray icon registers' }).toBeGreaterThan(0)
      return new TrayIcon(bus, watcher.items.at(-1) ?? '')
    },
    notifications: () => notifier.shown,
    clickNotification: (id) => notifier.click(id),
    close: () => bus.disconnect(),
  }
}
