import { app } from 'electron'
import { LAUNCHED_AT_LOGIN } from '../launch/launch-arguments.ts'
import type { LoginItem } from './login-item.ts'

/** macOS and Windows, by Electron. macOS passes no arguments on; there `wasOpenedAtLogin` tells. */
export function createElectronLoginItem(): LoginItem {
  const args = [LAUNCHED_AT_LOGIN]
  return {
    isEnabled: () => {
      const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings({ args })
      // Windows: the person may have switched it off in the Task Manager.
      return process.platform === 'win32' ? executableWillLaunchAtLogin : openAtLogin
    },
    setEnabled: (isEnabled) => {
      app.setLoginItemSettings({ openAtLogin: isEnabled, enabled: isEnabled, args })
      return null
    },
    refresh: () => undefined,
  }
}
