import { join } from 'node:path'
import { app } from 'electron'
import { APP_NAME } from '../copy/app-words.ts'
import { LAUNCHED_AT_LOGIN } from '../launch/launch-arguments.ts'
import { createElectronLoginItem } from './electron-login-item.ts'
import { createLinuxLoginItem } from './linux-login-item.ts'
import { type LoginItem, noLoginItem } from './login-item.ts'

/** The one of this system. `appImage`: the AppImage's own file, where the program inside has no lasting path. */
export function createSystemLoginItem(appImage: string | null): LoginItem {
  if (!app.isPackaged) return noLoginItem
  if (process.platform !== 'linux') return createElectronLoginItem()
  return createLinuxLoginItem({
    // On Linux `appData` is $XDG_CONFIG_HOME, or ~/.config.
    file: join(app.getPath('appData'), 'autostart', 'io.carolinacloud.migrate.desktop'),
    entry: { name: APP_NAME, command: [appImage ?? process.execPath, LAUNCHED_AT_LOGIN] },
  })
}
