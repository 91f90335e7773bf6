import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withTemporaryFolder } from './temporary-folder.ts'

/**
 * Writes paths into a file of its own, each ended by NUL (a key may hold line breaks), for as long as `use`
 * runs. rclone's rc takes such a list only as a file. Keys are no secrets.
 */
export function withPathListFile<T>(paths: readonly string[], use: (file: string) => Promise<T>): Promise<T> {
  return withTemporaryFolder(async (folder) => {
    const file = join(folder, 'paths')
    await writeFile(file, paths.map((path) => `${path}\0`).join(''), { mode: 0o600 })
    return await use(file)
  })
}
