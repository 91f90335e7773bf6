import { closeSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const HEARTBEAT_MS = 2_000
const STALE_MS = 20_000

/**
 * One set-up at a time per checkout. The holder touches the file every 2 s, so a lock is stale when its process is
 * gone or has not touched it for 20 s (the machine was suspended, or the number belongs to another process now).
 * @param {string} file
 * @param {() => void} onWait called once, when another run is at work
 * @returns {Promise<() => void>} release
 */
export async function takeLock(file, onWait) {
  mkdirSync(dirname(file), { recursive: true })
  for (let waited = false; !tryCreate(file); ) {
    if (isStale(file)) {
      removeStale(file)
      continue
    }
    if (!waited) onWait()
    waited = true
    await sleep(200)
  }
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS)
  heartbeat.unref()
  return () => {
    clearInterval(heartbeat)
    if (read(file) === String(process.pid)) rmSync(file, { force: true })
  }
}

/** @param {string} file */
function tryCreate(file) {
  try {
    const handle = openSync(file, 'wx')
    writeSync(handle, String(process.pid))
    closeSync(handle)
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  }
}

/** @param {string} file */
function isStale(file) {
  const age = ageMs(file)
  if (age > STALE_MS) return true
  const holder = Number(read(file))
  // An empty file is one that its maker is about to write.
  return holder > 0 && !isAlive(holder)
}

/**
 * Two waiters may find the same stale lock: what was moved away is looked at again, and put back if it is a new one.
 * @param {string} file
 */
function removeStale(file) {
  const aside = `${file}.${process.pid}.stale`
  try {
    renameSync(file, aside)
    if (!isStale(aside)) linkSync(aside, file)
  } catch {
    // Another waiter was faster.
  }
  rmSync(aside, { force: true })
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/** @param {string} file */
function ageMs(file) {
  try {
    return Date.now() - statSync(file).mtimeMs
  } catch {
    return 0
  }
}

/** @param {string} file */
function touch(file) {
  try {
    utimesSync(file, new Date(), new Date())
  } catch {
    // Taken away by hand: the next run takes a new one.
  }
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
