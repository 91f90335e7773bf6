// The least an Electron app in the tray can be, its window opened once and closed: what the product is measured against.
import { app, BrowserWindow, Menu, nativeImage, Tray } from 'electron'

let tray = null
app.on('window-all-closed', () => undefined)
app.whenReady().then(() => {
  tray = new Tray(nativeImage.createFromPath(process.env['BENCH_ICON'] ?? ''))
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', click: () => app.quit() }]))
  const window = new BrowserWindow({ width: 900, height: 640, show: false })
  window.once('ready-to-show', () => window.show())
  void window.loadFile('index.html')
})
