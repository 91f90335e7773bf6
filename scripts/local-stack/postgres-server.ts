import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isOpenToAll, type PostgresPrograms } from './postgres-programs.ts'

const KEPT_OUTPUT_CHARACTERS = 4_000
const STOP_GRACE_MS = 10_000

/** The folder (mode 0700) of the password of the server in `dataDir`, beside the data: those belong to the server's user. */
export const secretsFolderOf = (dataDir: string): string => `${dataDir}.secrets`
export const PASSWORD_FILE = 'password'

export interface ServerPlace {
  readonly dataDir: string
  readonly port: number
}

/** Makes the database files, with a fresh random password, unless they exist. */
export async function initialiseCluster(programs: PostgresPrograms, dataDir: string): Promise<void> {
  if (existsSync(join(dataDir, 'PG_VERSION'))) return
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  if (programs.user.uid !== undefined && !(await isOpenToAll(dirname(dataDir)))) {
    throw new Error(
      `PostgreSQL does not run as root, and the user nobody may not enter ${dirname(dataDir)}: choose a folder below /tmp.`,
    )
  }
  const password = randomBytes(24).toString('base64url')
  await mkdir(secretsFolderOf(dataDir), { recursive: true, mode: 0o700 })
  await writeFile(join(secretsFolderOf(dataDir), PASSWORD_FILE), password, { mode: 0o600 })
  // initdb reads it as the server's user, who may not enter the folder of secrets.
  const passwordFile = `${dataDir}.initial-password`
  await writeFile(passwordFile, password, { mode: 0o600 })
  try {
    for (const path of [dataDir, passwordFile]) await lend(programs, path)
    const flags = ['--username=postgres', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync']
    const initdb = run(programs, programs.initdb, [`--pgdata=${dataDir}`, `--pwfile=${passwordFile}`, ...flags])
    const code = await initdb.exited
    if (code !== 0) throw new Error(`initdb failed (exit ${String(code)}): ${initdb.output()}`)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

export interface RunningServer {
  readonly exited: Promise<unknown>
  stop(): Promise<void>
}

/** Starts the server on loopback only; resolves once it takes connections. */
export async function startServer(programs: PostgresPrograms, { dataDir, port }: ServerPlace): Promise<RunningServer> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '300',
    // The data of a local stack need not survive a power cut; everything else about durability is real.
    fsync: 'off',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = run(programs, programs.postgres, ['-D', dataDir, '-p', String(port), ...flags])
  const hasStarted = await Promise.race([server.said('ready to accept connections'), server.exited.then(() => false)])
  if (!hasStarted) throw new Error(`PostgreSQL did not start: ${server.output()}`)
  const stop = async (): Promise<void> => {
    // "Fast": open transactions are rolled back, files are left clean.
    server.child.kill('SIGINT')
    const forced = setTimeout(() => server.child.kill('SIGKILL'), STOP_GRACE_MS)
    await server.exited
    clearTimeout(forced)
  }
  return { exited: server.exited, stop }
}

async function lend(programs: PostgresPrograms, path: string): Promise<void> {
  const { uid, gid } = programs.user
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid)
}

interface Run {
  readonly child: ChildProcess
  readonly exited: Promise<number | null>
  output(): string
  said(text: string): Promise<true>
}

function run(programs: PostgresPrograms, program: string, args: readonly string[]): Run {
  const child = spawn(program, args, { ...programs.user, cwd: dirname(program), stdio: ['ignore', 'ignore', 'pipe'] })
  let output = ''
  const waiting = new Map<string, () => void>()
  // Read for the server's whole life: a full pipe would stop it.
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    output = (output + chunk).slice(-KEPT_OUTPUT_CHARACTERS)
    for (const [text, tell] of waiting) if (output.includes(text)) tell()
  })
  const exited = new Promise<number | null>((done, reject) => {
    child.once('error', reject)
    child.once('close', (code) => done(code))
  })
  const said = (text: string): Promise<true> => new Promise((done) => waiting.set(text, () => done(true)))
  return { child, exited, output: () => output.trim(), said }
}
