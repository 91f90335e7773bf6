import { chmodSync, closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'

/** The code of the error when there is nothing to install any more. */
export const DOWNLOAD_LOST = 'DOWNLOAD_LOST'

/**
 * Puts a copy of `from` in the place of `target`, which is whole at every moment: the old one or the new one. Runs while the
 * app ends, so nothing here may wait.
 *
 * @throws the file system's error; `target` is then as it was.
 */
export function replaceProgramFile(from: string, target: string): void {
  if (!existsSync(from)) throw Object.assign(new Error('the download is gone'), { code: DOWNLOAD_LOST })
  // In the same folder, as only there it can be put in place in one step; a download lies on another disk as likely as not.
  const fresh = `${target}.new`
  try {
    copyFileSync(from, fresh)
    chmodSync(fresh, 0o755)
    const file = openSync(fresh, 'r')
    try {
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(fresh, target)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  }
}
