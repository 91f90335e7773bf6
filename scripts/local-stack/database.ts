import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Secret } from '#shared/domain/secret.ts'
import { findPostgresPrograms } from './postgres-programs.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './postgres.ts'
import type { Service } from './service.ts'
import { StartError } from './start-error.ts'

export interface LocalDatabase {
  readonly service: Service
  readonly version: string
  readonly port: number
  readonly url: Secret
  /** The same URL in a private file, for the programs that need it. */
  readonly urlFile: string
}

/** The server makes it by itself. */
const DATABASE = 'postgres'
/** Between finding a free port and taking it, another program may be faster. */
const TRIES = 3

/** Starts PostgreSQL over a folder of its own, on a free port. */
export async function startDatabase(dataDir: string): Promise<LocalDatabase> {
  let postgres = await startOnFreePort(dataDir, TRIES)
  let isRunning = true
  const { port } = postgres
  const readPid = async (): Promise<number> => Number((await readFile(join(dataDir, 'postmaster.pid'), 'utf8')).split('\n')[0])
  let pid = await readPid()
  const stop = async (): Promise<void> => {
    isRunning = false
    await postgres.stop()
  }
  const service: Service = {
    name: 'PostgreSQL',
    pid: () => pid,
    isRunning: () => isRunning,
    start: async () => {
      if (isRunning) return
      postgres = await startEmbeddedPostgres({ dataDir, port })
      pid = await readPid()
      isRunning = true
    },
    stop,
    kill: async () => {
      if (isRunning) process.kill(pid, 'SIGKILL')
      await stop()
    },
  }
  return { service, version: await readVersion(), port, url: postgres.databaseUrl(DATABASE), urlFile: await postgres.writeUrlFile(DATABASE) }
}

async function startOnFreePort(dataDir: string, tries: number): Promise<EmbeddedPostgres> {
  try {
    return await startEmbeddedPostgres({ dataDir })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (message.includes('Address already in use') && tries > 1) return startOnFreePort(dataDir, tries - 1)
    throw new StartError(`PostgreSQL did not start: ${message}`, 'Check that the folder for temporary files has 200 MB of room.')
  }
}

async function readVersion(): Promise<string> {
  const programs = await findPostgresPrograms()
  try {
    const { stdout } = await promisify(execFile)(programs.postgres, ['--version'])
    return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? 'unknown'
  } finally {
    await programs.dispose()
  }
}
