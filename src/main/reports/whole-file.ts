import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Writable } from 'node:stream'
import { err, type Result } from '#shared/domain/result.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'

/** Files that are there whole or not at all. */
export interface WholeFiles {
  /**
   * Opens a file beside `path` for `fill`, and gives it the name `path` once `fill` has answered well; what was there
   * before stays until then. Whatever goes wrong, nothing is left behind. What the disk refuses is
   * `report-not-saved`.
   */
  readonly write: <T>(
    path: string,
    fill: (openSink: () => Promise<Writable>) => Promise<Result<T, AppProblem>>,
  ) => Promise<Result<T, AppProblem>>
  /** For the quitting app: removes at once what is unfinished. */
  readonly discardUnfinished: () => void
}

interface WholeFilePorts {
  readonly openNew?: (path: string) => Promise<FileHandle>
}

export function createWholeFiles({ openNew = (path) => open(path, 'wx') }: WholeFilePorts = {}): WholeFiles {
  const unfinished = new Set<string>()
  return {
    write: async (path, fill) => {
      // A name of its own length: the chosen one may leave no room for an ending.
      const part = join(dirname(path), `.carolina-migrate-${randomUUID()}.part`)
      unfinished.add(part)
      try {
        // Opened before the stream is made: one that fails while it opens could make the file after its removal.
        const filled = await fill(async () => (await openNew(part)).createWriteStream({ flush: true }))
        if (filled.ok) await rename(part, path)
        return filled
      } catch (error) {
        const code = fileSystemCode(error)
        if (code === null) throw error
        return err({ code: 'report-not-saved', reference: code })
      } finally {
        await rm(part, { force: true }).catch(() => undefined)
        unfinished.delete(part)
      }
    },
    discardUnfinished: () => {
      for (const part of unfinished) rmSync(part, { force: true })
    },
  }
}

/** E.g. `ENOSPC`; null for what the file system did not say. */
function fileSystemCode(error: unknown): string | null {
  const isFromSystem = error instanceof Error && 'syscall' in error && 'code' in error
  return isFromSystem && typeof error.code === 'string' ? error.code : null
}
