import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** `rc-<process id of the worker>-<random>`, so that whose it was can be told after a SIGKILL. */
const NAME = /^rc-(\d+)-\w+$/

/** A new folder that only this user may enter, for one rclone's socket and temporary files. */
export function makeControlFolder(): Promise<string> {
  // mkdtemp makes it 0700. Short: a socket path may have 104 bytes on macOS.
  return mkdtemp(join(tmpdir(), `rc-${String(process.pid)}-`))
}

export function controlSocketPath(folder: string): string {
  return join(folder, 's')
}

/**
 * Removes what workers of this user left behind when they were killed. Call it before the first job.
 *
 * @returns how many folders were removed
 */
export async function sweepControlFolders(): Promise<number> {
  let removed = 0
  for (const name of await readdir(tmpdir())) {
    const owner = Number(NAME.exec(name)?.[1] ?? 0)
    if (owner === 0 || isOtherLiveProcess(owner)) continue
    const folder = join(tmpdir(), name)
    if (!(await isOurs(folder)) || (await hasListener(controlSocketPath(folder)))) continue
    await rm(folder, { recursive: true, force: true })
    removed += 1
  }
  return removed
}

/** Our own id does not count: after the restart of a container the new worker often has that of the old one. */
function isOtherLiveProcess(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: alive, of another user.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

async function isOurs(folder: string): Promise<boolean> {
  const facts = await lstat(folder).catch(() => null)
  return facts !== null && facts.isDirectory() && facts.uid === process.getuid?.()
}

/** Two containers may share a temporary folder and not see each other's processes: a live rclone answers here. */
function hasListener(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath)
    const end = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}
