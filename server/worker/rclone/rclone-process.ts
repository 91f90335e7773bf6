import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { controlSocketPath, makeControlFolder } from './control-folder.ts'
import { parentDeathGuard, type ParentDeathGuard } from './parent-death-guard.ts'
import { createLineSplitter } from './rclone-log-parser.ts'
import { createRcloneRcClient, type RcloneRcClient, toRcloneRate } from './rclone-rc-client.ts'

export interface RcloneProcessOptions {
  readonly rclonePath: string
  /** The proxy that all its connections go through, unless a remote says otherwise: its only way out. */
  readonly egressUrl: string
  /** Payload bytes per second of the whole process, hence of the job; null for no cap. */
  readonly capBytesPerSecond: number | null
  /** All memory that transfers may buffer together. */
  readonly maxBufferBytes: number
  /** Every line of stderr, not redacted. */
  readonly onLogLine: (line: string) => void
  /** How it dies with this process; by default the strongest this machine has. */
  readonly guard?: ParentDeathGuard
}

export interface RcloneProcess {
  readonly rc: RcloneRcClient
  readonly pid: number
  /** Resolves once the process has ended, however it ended, and its folder is gone. */
  readonly ended: Promise<RcloneExit>
  /** Ends it: SIGTERM, then SIGKILL after a second. Safe to call twice. */
  stop(): Promise<void>
  /** Ends it this instant; multipart uploads stay open at the destination. */
  kill(): Promise<void>
}

export interface RcloneExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface RcloneStartFailure {
  readonly code: 'rclone-not-started'
  /** What the process said before it ended; not redacted, but it was given no secret yet. */
  readonly message: string
}

const startTimeoutMs = 15_000
const readinessPollMs = 20
const killAfterMs = 1_000

/**
 * Starts `rclone rcd` for one job: an explicit environment (an AWS_* or RCLONE_* variable of the worker
 * must not change a customer's copy), no configuration file, its control on a unix socket in a folder
 * only we may enter, behind a password of this job only.
 */
export async function startRcloneProcess(
  options: RcloneProcessOptions,
): Promise<Result<RcloneProcess, RcloneStartFailure>> {
  const guard = options.guard ?? parentDeathGuard()
  const folder = await makeControlFolder()
  const access = {
    socketPath: controlSocketPath(folder),
    user: 'worker',
    password: randomBytes(32).toString('base64url'),
  }
  const [command, args] = guard.wrap(options.rclonePath, rcdArguments(access.socketPath, options))
  const child = spawn(command, [...args], {
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      HOME: '/nonexistent',
      TMPDIR: folder,
      RCLONE_RC_USER: access.user,
      RCLONE_RC_PASS: access.password,
      // Not HTTPS_PROXY, which Go ignores for loopback. Both passwords are of this job only.
      RCLONE_HTTP_PROXY: options.egressUrl,
    },
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const unwatch = guard.watch(child)
  const tail: string[] = []
  forwardLines(child, (line) => {
    if (tail.push(line) > 20) tail.shift()
    options.onLogLine(line)
  })
  const ended = exitOf(child).then(async (exit) => {
    unwatch()
    await rm(folder, { recursive: true, force: true })
    return exit
  })
  const rc = createRcloneRcClient(access)
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => (stopping ??= stopProcess(child, ended))
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }

  if (await becomesReady(rc, ended)) return ok({ rc, pid: child.pid ?? 0, ended, stop, kill })
  await stop()
  const { code, signal } = await ended
  const said = tail.join('\n').slice(-2_000)
  return err({ code: 'rclone-not-started', message: `rclone did not start (${signal ?? `exit ${code ?? 1}`}) ${said}`.trim() })
}

function rcdArguments(socketPath: string, options: RcloneProcessOptions): readonly string[] {
  return [
    'rcd',
    ...['--rc-addr', `unix://${socketPath}`],
    // rclone's empty configuration; all remotes come inline.
    ...['--config', '/dev/null'],
    // Fixed: at DEBUG rclone logs both secrets in clear.
    ...['--use-json-log', '--log-level', 'INFO'],
    ...['--bwlimit', toRcloneRate(options.capBytesPerSecond)],
    ...['--max-buffer-memory', `${options.maxBufferBytes}B`],
    // rclone's default of 10 keeps a dead endpoint "retrying" for four minutes; the worker itself tries again.
    ...['--low-level-retries', '3', '--contimeout', '10s', '--timeout', '60s'],
    ...['--rc-job-expire-duration', '10m'],
  ]
}

function forwardLines(child: ChildProcess, onLine: (line: string) => void): void {
  const splitter = createLineSplitter()
  const stream = child.stderr?.setEncoding('utf8')
  stream?.on('data', (chunk: string) => splitter.push(chunk).forEach(onLine))
  stream?.on('end', () => {
    const rest = splitter.rest()
    if (rest !== '') onLine(rest)
  })
}

function exitOf(child: ChildProcess): Promise<RcloneExit> {
  return new Promise((resolve) => {
    // 'close', not 'exit': the last log lines have then been read.
    child.once('close', (code, signal) => resolve({ code, signal }))
    // A program that cannot be run at all emits 'error' first, and 'close' not on every platform.
    child.once('error', () => resolve({ code: 127, signal: null }))
  })
}

async function becomesReady(rc: RcloneRcClient, ended: Promise<RcloneExit>): Promise<boolean> {
  const deadline = Date.now() + startTimeoutMs
  while (Date.now() < deadline) {
    if ((await rc.noop()).ok) return true
    const hasEnded = await Promise.race([ended.then(() => true), delay(readinessPollMs, false)])
    if (hasEnded) return false
  }
  return false
}

async function stopProcess(child: ChildProcess, ended: Promise<RcloneExit>): Promise<void> {
  // Not core/quit: it waits a second before it does what SIGTERM does at once (rclone 1.75).
  child.kill('SIGTERM')
  const killing = setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  await ended
  clearTimeout(killing)
}
