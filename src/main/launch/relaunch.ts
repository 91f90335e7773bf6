import { app } from 'electron'
import { relaunchArguments } from './launch-arguments.ts'

/**
 * Ends the app and starts it anew, once whoever asked has got an answer. `appImage`: where the app is an AppImage, its
 * own file; the program inside is gone when the app has ended.
 */
export function relaunch(appImage: string | null): void {
  setImmediate(() => {
    const execPath = appImage === null ? {} : { execPath: appImage }
    app.relaunch({ args: relaunchArguments(process.argv), ...execPath })
    app.quit()
  })
}
