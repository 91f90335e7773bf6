import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** One process as the system shows it to anybody. */
export interface SeenProcess {
  readonly pid: number
  readonly args: readonly string[]
  /** `Seccomp` of its status: 2 is a filter. */
  readonly seccomp: string
}

/** The process and all that it has started, and these. */
export function processTree(pid: number): readonly SeenProcess[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(statusOf(Number(name))['PPid'] ?? 0)
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const pidsBelow = (top: number): number[] => [top, ...(children.get(top) ?? []).flatMap(pidsBelow)]
  return pidsBelow(pid).map((one) => ({
    pid: one,
    args: readOr(`/proc/${one}/cmdline`).split('\0'),
    seccomp: statusOf(one)['Seccomp'] ?? '',
  }))
}

/** The pages' processes. */
export function renderersOf(pid: number): readonly SeenProcess[] {
  return processTree(pid).filter(({ args }) => args.some((arg) => /(^|\s)--type=renderer(\s|$)/.test(arg)))
}

/** TCP ports that the process or its children listen on. */
export function listeningPorts(pid: number): readonly number[] {
  const sockets = new Set(processTree(pid).flatMap((one) => socketsOf(one.pid)))
  const LISTEN = '0A'
  return ['tcp', 'tcp6'].flatMap((table) =>
    readOr(`/proc/${pid}/net/${table}`)
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === LISTEN && sockets.has(inode ?? ''))
      .map(([, local = '']) => parseInt(local.split(':')[1] ?? '', 16)),
  )
}

function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  try {
    return readdirSync(folder).flatMap((fd) => /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${fd}`))?.[1] ?? [])
  } catch {
    // It has ended meanwhile, or a descriptor was closed.
    return []
  }
}

function statusOf(pid: number): Record<string, string> {
  const lines = readOr(`/proc/${pid}/status`).split('\n')
  return Object.fromEntries(lines.map((line) => line.split(/:\s+/, 2) as [string, string]))
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
