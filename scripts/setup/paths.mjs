import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Everything that set-up fetches or builds lives here; deleting the folder is always safe. */
export const cacheRoot = join(projectRoot, '.cache')

/** Scratch space. Only the holder of the set-up lock writes here, and it empties it when it starts. */
export const temporaryRoot = join(cacheRoot, 'tmp')

export const runtimeFile = join(cacheRoot, 'runtime.json')
