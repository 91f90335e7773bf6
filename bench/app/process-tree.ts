import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks per second of /proc/PID/stat: fixed at 100 for programs on Linux. */
const TICKS_PER_SECOND = 100

/** Proportional memory of a process and all its descendants, in bytes: shared pages are counted once. */
export function treePss(root: number): number {
  return sumOf(root, (pid) => Number(/^Pss:\s+(\d+)/m.exec(readProc(pid, 'smaps_rollup'))?.[1] ?? 0) * 1024)
}

/** Processor time that a process and its descendants have used so far, in seconds. */
export function treeCpuSeconds(root: number): number {
  return sumOf(root, (pid) => {
    const [, , , , , , , , , , , user = 0, system = 0] = fieldsOfStat(pid).map(Number)
    return (user + system) / TICKS_PER_SECOND
  })
}

function sumOf(root: number, measure: (pid: number) => number): number {
  return treeOf(root).reduce((sum, pid) => sum + measure(pid), 0)
}

function treeOf(root: number): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: Number(fieldsOfStat(Number(name))[1]) }))
  const below = (pid: number): readonly number[] => [
    pid,
    ...parents.filter(({ parent }) => parent === pid).flatMap((child) => below(child.pid)),
  ]
  return below(root)
}

/** From the state on: what comes before it, the program's name, may hold spaces. */
function fieldsOfStat(pid: number): readonly string[] {
  return readProc(pid, 'stat').replace(/^.*\) /s, '').split(' ')
}

/** Empty when the process has just ended. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
