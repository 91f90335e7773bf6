// The least an Electron app with a window can be: what the product is measured against.
import { app, BrowserWindow } from 'electron'

app.on('window-all-closed', () => app.quit())
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 900, height: 640, show: false })
  window.once('ready-to-show', () => window.show())
  void window.loadFile('index.html')
})
