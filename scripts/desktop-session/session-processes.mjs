import { randomInt } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Every process of a session carries the session's number as its soft limit of resident memory: a limit that Linux
 * keeps and hands down to children but has not enforced since 2.4.30. Unlike a process group or a variable (Electron
 * wipes its environment) it cannot be lost on the way.
 * @returns {number}
 */
export function newSessionNumber() {
  return randomInt(2 ** 46, 2 ** 47)
}

/**
 * @param {number} session
 * @returns {string[]} to be put before a command
 */
export function markWith(session) {
  return ['prlimit', `--rss=${session}:`, '--']
}

/**
 * @param {number} session
 * @returns {number[]} the session's processes, its services among them
 */
export function findProcesses(session) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && readMark(name) === session)
    .map(Number)
}

/**
 * @param {string} pid
 * @returns {number | null} null for a process that is gone, or has ended and only waits for its parent to notice
 */
function readMark(pid) {
  try {
    const hasEnded = /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    return hasEnded ? null : parseMark(readFileSync(`/proc/${pid}/limits`, 'utf8'))
  } catch {
    return null
  }
}

/**
 * @param {string} limits /proc/<pid>/limits
 * @returns {number | null}
 */
export function parseMark(limits) {
  const soft = /^Max resident set\s+(\d+)\s/m.exec(limits)?.[1]
  return soft ? Number(soft) : null
}

/**
 * Asks them to end, then makes them.
 * @param {() => number[]} find looked up again, since they start others while they end
 * @param {number} patienceMs
 */
export async function endProcesses(find, patienceMs) {
  signalAll(find(), 'SIGTERM')
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(20)) {
    if (find().length === 0) return
  }
  for (let tries = 0; tries < 50 && find().length > 0; tries++) {
    signalAll(find(), 'SIGKILL')
    await sleep(20)
  }
}

/**
 * @param {readonly number[]} pids
 * @param {NodeJS.Signals} signal
 */
function signalAll(pids, signal) {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch {
      // Gone already.
    }
  }
}

/**
 * The programs first and the services last: Electron aborts when its bus goes away under it.
 * @param {{ number: number, folder: string, services: readonly number[] }} session services: in the order to end them
 */
export async function endSession({ number, folder, services }) {
  await endProcesses(() => findProcesses(number).filter((pid) => !services.includes(pid)), 5_000)
  for (const service of services) {
    await endProcesses(() => findProcesses(number).filter((pid) => pid === service), 2_000)
  }
  await endProcesses(() => findProcesses(number), 0)
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
}
