import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findRclonePath } from '../../../support/s3-endpoint.ts'

const entry = join(import.meta.dirname, '../../../../server/worker/index.ts')
const nodePath = join(import.meta.dirname, '../../../../node_modules/.bin/node')

export interface WorkerProcess {
  readonly workerId: string
  readonly pid: number
  /** All of both outputs so far. */
  output(): string
  /** Ids of the rclone processes that it has running. */
  rclonePids(): readonly number[]
  /** Sends the signal; resolves with the exit code (null when killed) once it has ended. */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null>
}

export interface WorkerOptions {
  readonly databaseUrlFile: string
  readonly credentialsKeyFile: string
  readonly environment?: Readonly<Record<string, string>>
}

/** What the worker is given: explicitly, nothing of the test's own environment. */
export function workerEnvironment(options: WorkerOptions): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL_FILE: options.databaseUrlFile,
    CREDENTIALS_KEY_FILE: options.credentialsKeyFile,
    RCLONE_PATH: findRclonePath(),
    ALLOW_PRIVATE_ENDPOINTS: 'true',
    LEASE_TTL_MS: '1500',
    ...options.environment,
  }
}

export function spawnWorker(environment: Record<string, string>): ChildProcess {
  return spawn(nodePath, [entry], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Starts the real worker program and waits for its announcement. */
export async function startWorkerProcess(options: WorkerOptions): Promise<WorkerProcess> {
  const child = spawnWorker(workerEnvironment(options))
  let output = ''
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text))
  const workerId = await new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const line = /^\{"event":"ready","workerId":"([0-9a-f-]{36})"\}$/m.exec(output)
      if (line?.[1] !== undefined) resolve(line[1])
    })
    void exited.then((code) => reject(new Error(`the worker ended (${String(code)}): ${output}`)))
  })
  const pid = child.pid ?? 0
  return {
    workerId,
    pid,
    output: () => output,
    rclonePids: () => childrenOf(pid),
    async end(signal) {
      child.kill(signal)
      return await exited
    },
  }
}

export function isRunning(pid: number): boolean {
  try {
    // A zombie has ended; only nobody has asked yet.
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))
  } catch {
    return false
  }
}

export function childrenOf(pid: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => {
      try {
        return (
          readFileSync(`/proc/${String(candidate)}/status`, 'utf8').includes(`\nPPid:\t${String(pid)}\n`) &&
          isRunning(candidate)
        )
      } catch {
        return false
      }
    })
}
