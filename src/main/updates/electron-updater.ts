import { access, constants } from 'node:fs/promises'
import { dirname } from 'node:path'
import { app } from 'electron'
import type { AppUpdater } from 'electron-updater'
import { isOfFeed, withoutIdentity } from './update-feed-rules.ts'
import { isRelease } from './update-rules.ts'
import type { Updater } from './update-run.ts'

interface UpdaterPlaces {
  readonly feedUrl: string
  /** The file that is replaced on Linux. */
  readonly appImage: string | null
}

/** On a line that has gone dead it would wait for ever. */
const SILENCE_LIMIT_MS = 120_000

/**
 * electron-updater as the service needs it. It verifies the SHA-512 that the feed names, and on Windows and macOS the
 * code signature; it installs by itself when the app ends.
 */
export async function loadElectronUpdater({ feedUrl, appImage }: UpdaterPlaces): Promise<Updater> {
  const updater = await createUpdater(appImage)
  // It logs addresses and file names; the service logs what is needed.
  updater.logger = null
  // The service decides when.
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = true
  updater.allowPrerelease = false
  updater.allowDowngrade = false
  updater.disableWebInstaller = true
  // Many small requests and a second way to be wrong, for an app of this size.
  updater.disableDifferentialDownload = true
  guardRequests(updater, feedUrl)
  return {
    find: async () => {
      const found = await inTime(updater.checkForUpdates())
      const isFound = found?.isUpdateAvailable === true && isRelease(found.updateInfo.version)
      // What was downloaded and has been withdrawn since is not installed.
      updater.autoInstallOnAppQuit = isFound
      return isFound ? found.updateInfo.version : null
    },
    download: async (onPercent) => {
      // It would find out when the app ends, and nobody would hear of it.
      if (appImage !== null) await access(dirname(appImage), constants.W_OK)
      const standing = new AbortController()
      const timer = setTimeout(() => standing.abort(), SILENCE_LIMIT_MS)
      const onProgress = ({ percent }: { readonly percent: number }): void => {
        timer.refresh()
        onPercent(percent)
      }
      updater.on('download-progress', onProgress)
      try {
        await Promise.race([updater.downloadUpdate(), failWhen(standing.signal)])
      } finally {
        clearTimeout(timer)
        updater.off('download-progress', onProgress)
      }
    },
    restart: () => restart(updater),
  }
}

/**
 * Not electron-updater's own choice: that one runs package managers as root where a file says "deb" or "rpm", and the packer
 * leaves this file in the folder that the AppImage is made of as well.
 */
async function createUpdater(appImage: string | null): Promise<AppUpdater> {
  if (appImage !== null) return new (await import('./app-image-updater.ts')).WholeAppImageUpdater(appImage)
  const { MacUpdater, NsisUpdater } = await import('electron-updater')
  return process.platform === 'darwin' ? new MacUpdater() : new NsisUpdater()
}

const inTime = <T>(answer: Promise<T>): Promise<T> =>
  Promise.race([answer, failWhen(AbortSignal.timeout(SILENCE_LIMIT_MS))])

function failWhen(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })))
  })
}

/** Its session asks the feed and nobody else, and does not say who asks. */
function guardRequests({ netSession: { webRequest } }: AppUpdater, feedUrl: string): void {
  webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isOfFeed(feedUrl, url) }))
  webRequest.onBeforeSendHeaders(({ requestHeaders }, answer) => answer({ requestHeaders: withoutIdentity(requestHeaders) }))
}

/** It tells of what went wrong by an event, during the call. */
function restart(updater: AppUpdater): void {
  const errors: Error[] = []
  const onError = (error: Error): void => void errors.push(error)
  // There the new one is started before this one has ended; it must not take this one for the running app.
  const isLockGivenUp = process.platform === 'linux'
  if (isLockGivenUp) app.releaseSingleInstanceLock()
  updater.on('error', onError)
  updater.quitAndInstall(true, true)
  updater.off('error', onError)
  const [error] = errors
  if (error === undefined) return
  if (isLockGivenUp) app.requestSingleInstanceLock()
  throw error
}
