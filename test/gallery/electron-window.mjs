import { app, BrowserWindow } from 'electron'

/** A window of the same kind as the app's, with nothing behind it: the gallery brings its own bridge. */
app.on('window-all-closed', () => app.quit())
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 900,
    height: 640,
    useContentSize: true,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  return window.loadURL('about:blank')
})
