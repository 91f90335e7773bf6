import { fork, type ChildProcess } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Secret } from '#shared/domain/secret.ts'
import type { GuardReport, GuardTask } from './postgres-guard.ts'
import { PASSWORD_FILE, secretsFolderOf } from './postgres-server.ts'

export interface EmbeddedPostgresOptions {
  /**
   * Folder of the database files; made when missing, started again when it holds a database. As root,
   * every folder above it must be open to all users (`os.tmpdir()` is): PostgreSQL does not run as root.
   */
  readonly dataDir: string
  /** A free one by default. */
  readonly port?: number
  /** Removes `dataDir` and its secrets at the end, also when this process is killed. */
  readonly isTemporary?: boolean
}

export interface EmbeddedPostgres {
  readonly port: number
  /** URL of a database of this server, with the password: for clients within this process. `postgres` exists. */
  databaseUrl(database: string): Secret
  /** Writes that URL to a file (mode 0600) to pass to another program as DATABASE_URL_FILE; returns the path. */
  writeUrlFile(database: string): Promise<string>
  /** Ends the server and waits until it is gone. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Starts a real PostgreSQL on loopback under a guard process. The guard ends the server when this process
 * ends in whatever way, SIGKILL included; only killing the guard itself as well leaves a server behind.
 *
 * @throws Error with PostgreSQL's own words when it does not start.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const task: GuardTask = {
    dataDir: options.dataDir,
    port: options.port ?? (await findFreePort()),
    isTemporary: options.isTemporary ?? false,
  }
  // Detached: a Ctrl-C in the terminal must not end the database before the programs that use it.
  const guard = fork(join(import.meta.dirname, 'postgres-guard.ts'), [], {
    detached: true,
    execArgv: [],
    env: guardEnvironment(),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const exited = new Promise<void>((done) => guard.once('exit', () => done()))
  const password = Secret.of(await report(guard, task))
  const stop = (): Promise<void> => {
    if (guard.connected) guard.disconnect()
    return exited
  }
  const databaseUrl = (database: string): Secret =>
    Secret.of(`postgresql://postgres:${password.reveal()}@127.0.0.1:${String(task.port)}/${database}`)
  const writeUrlFile = async (database: string): Promise<string> => {
    const path = join(secretsFolderOf(task.dataDir), `${database}.url`)
    await writeFile(path, databaseUrl(database).reveal(), { mode: 0o600 })
    return path
  }
  return { port: task.port, databaseUrl, writeUrlFile, stop }
}

function report(guard: ChildProcess, task: GuardTask): Promise<string> {
  return new Promise((resolve, reject) => {
    guard.once('error', reject)
    guard.once('exit', (code) =>
      reject(new Error(`the guard of PostgreSQL ended (${String(code)}) before it was ready`)),
    )
    guard.once('message', (message) => {
      const said = message as GuardReport
      if (said.kind === 'failed') reject(new Error(said.message))
      else readFile(join(secretsFolderOf(task.dataDir), PASSWORD_FILE), 'utf8').then(resolve, reject)
    })
    guard.send(task)
  })
}

// What the loader, the temporary folder and Windows need; nothing else reaches the server.
function guardEnvironment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot']
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no free port'))
        else resolve(address.port)
      })
    })
  })
}
