import { readdirSync, readFileSync } from 'node:fs'

const SAMPLE_MS = 50

/** Samples the resident memory of a process and all its descendants until stopped. @returns a stop that gives the peak in bytes */
export function watchMemoryPeak(pid: number): () => number {
  let peak = 0
  const sample = (): void => {
    peak = Math.max(peak, treeRss(pid))
  }
  const timer = setInterval(sample, SAMPLE_MS)
  return () => {
    clearInterval(timer)
    sample()
    return peak
  }
}

function treeRss(root: number): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStatus(Number(name)))
    .filter((status) => status !== null)
  let total = 0
  const wanted = new Set([root])
  // A child's pid may be smaller than its parent's after a wrap-around: go on until nothing is added.
  for (let size = 0; size !== wanted.size; ) {
    size = wanted.size
    for (const { pid, parent } of processes) if (wanted.has(parent)) wanted.add(pid)
  }
  for (const { pid, rss } of processes) if (wanted.has(pid)) total += rss
  return total
}

function readStatus(pid: number): { pid: number; parent: number; rss: number } | null {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
    const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1])
    return { pid, parent, rss: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024 }
  } catch {
    return null
  }
}
