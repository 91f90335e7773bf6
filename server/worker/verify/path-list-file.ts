import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Writes paths into a file of its own, each ended by NUL (a key may hold line breaks), for as long as `use`
 * runs. rclone's rc takes such a list only as a file. Keys are no secrets; the folder is this user's alone.
 */
export async function withPathListFile<T>(paths: readonly string[], use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'carolina-paths-'))
  try {
    const file = join(folder, 'paths')
    await writeFile(file, paths.map((path) => `${path}\0`).join(''), { mode: 0o600 })
    return await use(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
