import { rm } from 'node:fs/promises'
import { initialiseCluster, secretsFolderOf, type ServerPlace, startServer } from './postgres-server.ts'
import { findPostgresPrograms } from './postgres-programs.ts'

/** What the guard is told, once. */
export interface GuardTask extends ServerPlace {
  readonly isTemporary: boolean
}
export type GuardReport = { readonly kind: 'ready' } | { readonly kind: 'failed'; readonly message: string }

/**
 * A process of its own between PostgreSQL and whoever wants it. The channel to the parent closes when the
 * parent ends, however it ends: then the server is stopped and temporary files are removed.
 */
async function guard(task: GuardTask): Promise<void> {
  const parentGone = new Promise<void>((done) => process.once('disconnect', () => done()))
  const programs = await findPostgresPrograms()
  try {
    await initialiseCluster(programs, task.dataDir)
    const server = await startServer(programs, task)
    tellParent({ kind: 'ready' })
    await Promise.race([parentGone, server.exited])
    await server.stop()
  } finally {
    await programs.dispose()
    if (task.isTemporary) {
      await rm(task.dataDir, { recursive: true, force: true })
      await rm(secretsFolderOf(task.dataDir), { recursive: true, force: true })
    }
  }
}

function tellParent(report: GuardReport): void {
  if (process.connected) process.send?.(report)
}

process.once('message', (task) => {
  guard(task as GuardTask).then(
    () => process.exit(0),
    (error: unknown) => {
      tellParent({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
      process.exitCode = 1
      if (process.connected) process.disconnect()
    },
  )
})
