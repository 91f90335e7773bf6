import { join } from 'node:path'
import { Menu, nativeImage, Tray } from 'electron'
import type { AppSnapshot } from '#shared/ipc/snapshot.ts'
import type { Logger } from '../logger.ts'
import { type TrayAction, type TrayIcon, type TrayModel, trayModel } from './tray-model.ts'

export interface TrayPorts {
  /** Holds `tray/<state>.png` (`<state>Template.png` for macOS) with `@2x` beside each. */
  readonly resourcesDir: string
  readonly platform: NodeJS.Platform
  readonly logger: Logger
  readonly onAction: (action: TrayAction) => void
}

export interface TrayService {
  /** Idempotent: draws the snapshot, whatever was drawn before. */
  readonly render: (snapshot: AppSnapshot) => void
  readonly close: () => void
}

export function createTrayService({ resourcesDir, platform, logger, onAction }: TrayPorts): TrayService {
  const imageFor = (icon: TrayIcon): Electron.NativeImage => {
    const file = join(resourcesDir, 'tray', platform === 'darwin' ? `${icon}Template.png` : `${icon}.png`)
    const image = nativeImage.createFromPath(file)
    // A missing picture must not take tooltip and menu away as well.
    if (image.isEmpty()) logger.warn('tray-icon-missing', { icon })
    return image
  }
  const tray = new Tray(imageFor('idle'))
  tray.on('click', () => onAction('open'))
  let drawn: TrayModel | null = null

  const render = (snapshot: AppSnapshot): void => {
    const model = trayModel(snapshot)
    if (model.icon !== drawn?.icon) tray.setImage(imageFor(model.icon))
    if (model.tooltip !== drawn?.tooltip) tray.setToolTip(model.tooltip)
    // Linux copies the menu when it is set, so it is set again instead of changed; but an unchanged
    // one is left alone, because setting it closes a menu that is open.
    if (JSON.stringify(model.menu) !== JSON.stringify(drawn?.menu)) tray.setContextMenu(menuFor(model, onAction))
    drawn = model
  }
  return { render, close: () => tray.destroy() }
}

function menuFor(model: TrayModel, onAction: (action: TrayAction) => void): Electron.Menu {
  return Menu.buildFromTemplate(
    model.menu.map(({ action, label, isEnabled }) => ({
      label,
      enabled: isEnabled,
      ...(action === null ? {} : { click: () => onAction(action) }),
    })),
  )
}
