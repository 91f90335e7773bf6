import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'

/** How a child is made to die with this process, even when this process is killed with SIGKILL. */
export interface ParentDeathGuard {
  readonly kind: 'kernel' | 'watchdog'
  /** The command line that runs `command` guarded. */
  wrap(command: string, args: readonly string[]): readonly [command: string, args: readonly string[]]
  /** Called once the child runs; gives what to call when it has ended. */
  watch(child: ChildProcess): () => void
}

/**
 * Linux with util-linux (essential on Debian): the kernel sends SIGKILL when the parent ends; setpriv
 * executes the command in its own place, so the process id stays the child's.
 */
const kernelGuard = (setprivPath: string): ParentDeathGuard => ({
  kind: 'kernel',
  wrap: (command, args) => [setprivPath, ['--pdeathsig', 'KILL', '--', command, ...args]],
  watch: () => () => undefined,
})

/**
 * Elsewhere (macOS, busybox): a shell that waits on a pipe which only this process holds open. When this
 * process ends in whatever way, the read ends and the shell kills the child.
 */
const watchdogGuard: ParentDeathGuard = {
  kind: 'watchdog',
  wrap: (command, args) => [command, args],
  watch(child) {
    if (child.pid === undefined) return () => undefined
    // A group of its own, so that a Ctrl-C meant for the worker does not end the guard before the guarded.
    const watchdog = spawn('/bin/sh', ['-c', 'read -r _; kill -KILL "$1"', 'rclone-guard', String(child.pid)], {
      env: {},
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
    // Without it a failed spawn would be an uncaught error; the child then is unguarded but stoppable.
    watchdog.on('error', () => undefined)
    watchdog.stdin.on('error', () => undefined)
    watchdog.unref()
    return () => void watchdog.kill('SIGKILL')
  },
}

let chosen: ParentDeathGuard | undefined

/** The strongest guard this machine has; looked up once. */
export function parentDeathGuard(): ParentDeathGuard {
  chosen ??= chooseGuard(['/usr/bin/setpriv', '/bin/setpriv'])
  return chosen
}

/** Tries the candidates for real: busybox has a setpriv without this option. */
export function chooseGuard(setprivCandidates: readonly string[]): ParentDeathGuard {
  const works = (path: string): boolean =>
    isExecutable(path) && spawnSync(path, ['--pdeathsig', 'KILL', '--', '/bin/true'], { env: {} }).status === 0
  const setprivPath = process.platform === 'linux' ? setprivCandidates.find(works) : undefined
  return setprivPath === undefined ? watchdogGuard : kernelGuard(setprivPath)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
