import { app, session } from 'electron'
import { isAppUrl } from './app-url.ts'

/** Default deny for whatever a page could ask of the shell around it. Call when the app is ready, before any window. */
export function guardWebContents(): void {
  const pages = session.defaultSession
  pages.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  pages.setPermissionCheckHandler(() => false)
  pages.setDevicePermissionHandler(() => false)
  // Second fence behind the policy header: nothing but our own files, whoever asks.
  pages.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isOwnRequest(details.url) }))
  pages.on('will-download', (event) => event.preventDefault())
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}

function isOwnRequest(url: string): boolean {
  // The policy header allows pictures as data: only.
  return isAppUrl(url) || url.startsWith('data:') || url.startsWith('devtools://')
}
