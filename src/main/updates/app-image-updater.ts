import { AppImageUpdater } from 'electron-updater'
import { replaceProgramFile } from './replace-file.ts'

type InstallOptions = Parameters<AppImageUpdater['doInstall']>[0]

/** electron-updater's own removes the old AppImage first: a full disk or a download that is gone would leave no app at all. */
export class WholeAppImageUpdater extends AppImageUpdater {
  readonly #appImage: string

  constructor(appImage: string) {
    super()
    this.#appImage = appImage
  }

  protected override doInstall({ isForceRunAfter }: InstallOptions): boolean {
    const download = this.installerPath
    if (download === null) throw new Error('nothing was downloaded')
    replaceProgramFile(download, this.#appImage)
    if (isForceRunAfter) void this.spawnLog(this.#appImage)
    return true
  }
}
