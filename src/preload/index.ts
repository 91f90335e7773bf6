import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { noticeChannel, noticeNames, requestChannel, requestNames } from '#shared/ipc/channel-names.ts'
import type { NoticeName } from '#shared/ipc/channels.ts'

// What `Bridge` describes, as named functions only: the window never sees a channel's name or an event of Electron.
const calls = Object.fromEntries(
  requestNames.map((name) => {
    const channel = requestChannel(name)
    return [name, (argument: unknown): Promise<unknown> => ipcRenderer.invoke(channel, argument)]
  }),
)

function onNotice(name: NoticeName, listener: (notice: unknown) => void): () => void {
  if (!noticeNames.includes(name)) throw new TypeError('no such notice')
  const forward = (_event: IpcRendererEvent, notice: unknown): void => listener(notice)
  ipcRenderer.on(noticeChannel(name), forward)
  return () => {
    ipcRenderer.removeListener(noticeChannel(name), forward)
  }
}

contextBridge.exposeInMainWorld('carolina', { ...calls, onNotice })
