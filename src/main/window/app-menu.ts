import { Menu, type MenuItemConstructorOptions } from 'electron'
import { menuWords } from '../copy/app-words.ts'

/** The menu bar: the system's own on macOS; elsewhere hidden, there for its keys (copy, paste, zoom, close, quit). */
export function installAppMenu(platform: NodeJS.Platform): void {
  const edit: MenuItemConstructorOptions = {
    label: menuWords.edit,
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      { type: 'separator' },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: menuWords.view,
    submenu: [
      { role: 'zoomIn' },
      // The plus sign as most hands type it: without Shift, or on the number block.
      { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false },
      { role: 'zoomIn', accelerator: 'CommandOrControl+numadd', visible: false },
      { role: 'zoomOut' },
      { role: 'zoomOut', accelerator: 'CommandOrControl+numsub', visible: false },
      { role: 'resetZoom' },
      { role: 'resetZoom', accelerator: 'CommandOrControl+num0', visible: false },
    ],
  }
  const window: MenuItemConstructorOptions = {
    label: menuWords.window,
    submenu: [
      { role: 'close', label: menuWords.closeWindow },
      ...(platform === 'darwin' ? [{ role: 'minimize' } as const] : [{ role: 'quit', label: menuWords.quit } as const]),
    ],
  }
  const ofApp: MenuItemConstructorOptions[] = platform === 'darwin' ? [{ role: 'appMenu' }] : []
  Menu.setApplicationMenu(Menu.buildFromTemplate([...ofApp, edit, view, window]))
}
