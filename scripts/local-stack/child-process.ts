import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, readFileSync, type WriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { dieWithParent } from './die-with-parent.ts'
import { StartError } from './start-error.ts'

const STOP_GRACE_MS = 8_000
const DEFAULT_START_MS = 30_000
const PROBE_INTERVAL_MS = 100

/** How to see that a child is up: the first answer that is not null. */
export type Readiness<Ready> =
  /** Is given each line of both output streams. */
  | { readonly kind: 'line'; readonly find: (line: string) => Ready | null }
  /** Is asked ten times a second, for programs that say nothing. */
  | { readonly kind: 'probe'; readonly probe: () => Promise<Ready | null> }

export interface ChildOptions<Ready> {
  /** For messages: "API", "worker" … */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** The whole environment: nothing is inherited, and no secret belongs in it. */
  readonly env: Readonly<Record<string, string>>
  /** Both output streams go here, mode 0600. */
  readonly logFile: string
  readonly readiness: Readiness<Ready>
  readonly startMs?: number
  /** Ends the start: the child is killed and the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

export interface Child<Ready> {
  readonly name: string
  readonly pid: number
  readonly ready: Ready
  readonly logFile: string
  isRunning(): boolean
  /** Asks it to end and waits; SIGKILL to its whole group after 8 s. Safe to call again. */
  stop(): Promise<void>
  /** SIGKILL to its whole group, at once. */
  kill(): Promise<void>
}

/**
 * Starts a program in a process group of its own (Ctrl-C in the terminal reaches only the parent, which ends the
 * children in order) and waits until it says that it is up.
 *
 * @throws StartError when it cannot be run, ends at once or stays silent; with the last lines that it printed.
 */
export async function startChild<Ready>(options: ChildOptions<Ready>): Promise<Child<Ready>> {
  options.signal?.throwIfAborted()
  const log = createWriteStream(options.logFile, { flags: 'a', mode: 0o600 })
  const process_ = spawnGroup(options)
  const { pid } = process_
  const exited = new Promise<void>((resolve) => {
    process_.once('close', () => resolve())
    process_.once('error', () => resolve())
  })
  let isRunning = pid !== undefined
  void exited.then(() => {
    isRunning = false
    log.end()
  })
  const killGroup = (signal: NodeJS.Signals): void => {
    if (pid !== undefined && isRunning) signalGroup(pid, signal)
  }
  const killWithParent = (): void => killGroup('SIGKILL')
  process.once('exit', killWithParent)
  void exited.then(() => process.removeListener('exit', killWithParent))

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    killGroup(signal)
    const forced = setTimeout(() => killGroup('SIGKILL'), STOP_GRACE_MS)
    await exited
    clearTimeout(forced)
  }
  const ready = await waitUntilReady(options, process_, exited, log).catch(async (error: unknown) => {
    await end('SIGKILL')
    throw error
  })
  return {
    name: options.name,
    pid: pid ?? 0,
    ready,
    logFile: options.logFile,
    isRunning: () => isRunning,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

function spawnGroup<Ready>({ command, args, env }: ChildOptions<Ready>): ChildProcess {
  const [file, all] = dieWithParent(command, args)
  return spawn(file, all, { env: { ...env }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
}

function waitUntilReady<Ready>(
  options: ChildOptions<Ready>,
  child: ChildProcess,
  exited: Promise<void>,
  log: WriteStream,
): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const fail = (how: string): void => {
      reject(new StartError(`The ${options.name} ${how}.${lastWords(options.logFile)}`, `Its log was ${options.logFile}.`))
    }
    const startMs = options.startMs ?? DEFAULT_START_MS
    const deadline = setTimeout(() => fail(`did not come up within ${String(startMs / 1000)} s`), startMs)
    child.once('error', (error) => fail(`could not be run (${error.message})`))
    options.signal?.addEventListener('abort', () => reject(options.signal?.reason as Error), { once: true })
    void exited.then(() => {
      clearTimeout(deadline)
      log.end(() => fail(`ended at once (exit code ${String(child.exitCode ?? child.signalCode)})`))
    })
    const settle = (ready: Ready | null): void => {
      if (ready === null) return
      clearTimeout(deadline)
      resolve(ready)
    }
    const { readiness } = options
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) followLines(stream, log, (line) => settle(readiness.kind === 'line' ? readiness.find(line) : null))
    }
    if (readiness.kind === 'probe') {
      void probeUntil(readiness.probe, () => child.exitCode !== null || child.signalCode !== null).then(settle, reject)
    }
  })
}

async function probeUntil<Ready>(probe: () => Promise<Ready | null>, isOver: () => boolean): Promise<Ready | null> {
  while (!isOver()) {
    const ready = await probe()
    if (ready !== null) return ready
    await sleep(PROBE_INTERVAL_MS)
  }
  return null
}

/** Kept up for the child's whole life: a pipe that nobody reads would block it. */
function followLines(stream: Readable, log: WriteStream, onLine: (line: string) => void): void {
  createInterface({ input: stream }).on('line', (line) => {
    if (!log.writableEnded) log.write(`${line}\n`)
    onLine(line)
  })
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function lastWords(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-8)
  return lines.length === 1 && lines[0] === '' ? '' : ` It said:\n${lines.map((line) => `    ${line}`).join('\n')}\n`
}
