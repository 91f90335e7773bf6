// npm run demo [-- --headless]: the whole product on this machine. Plain JavaScript without packages: it runs first.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withDesktopSession } from './desktop-session/index.mjs'
import { onInterruption } from './interruption.mjs'
import { explainFailure, runtimeEnv, setUp } from './setup/index.mjs'

const startedAt = Date.now()
const { DISPLAY, WAYLAND_DISPLAY } = process.env
const hasScreen = process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY)
const isHeadless = process.argv.includes('--headless') || !hasScreen
const entry = join(dirname(fileURLToPath(import.meta.url)), 'demo', 'index.ts')

/** @type {number | null} */
let interruptedBy = null
/** @type {import('node:child_process').ChildProcess | null} */
let demo = null
onInterruption(({ signal, exitCode }) => {
  interruptedBy = exitCode
  // In a terminal it has had the same signal; a second one changes nothing.
  demo?.kill(signal)
})

// A demo that never began cannot say so itself; set-up ends the process in its own way.
process.on('exit', () => isHeadless && demo === null && console.log(lastLine()))

try {
  const { node } = await setUp({ log: (line) => console.log(`  ${line}`) })
  process.exitCode = await withFolder((folder) =>
    withDesktopSession({ headless: isHeadless, env: runtimeEnv(), handleSignals: false }, (session) => run(node.path, folder, session))
  )
} catch (error) {
  console.error(explainFailure(error))
  process.exitCode = interruptedBy ?? 1
}

function lastLine() {
  const seconds = Math.round((Date.now() - startedAt) / 100) / 10
  return JSON.stringify({ state: interruptedBy === null ? 'error' : 'interrupted', seconds })
}

/**
 * Also when the demo itself is killed, nothing of it stays on the disk.
 * @param {(folder: string) => Promise<number>} use
 */
async function withFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'carolina-demo-'))
  try {
    return await use(folder)
  } finally {
    for (const path of [folder, `${folder}-postgres`, `${folder}-postgres.secrets`]) {
      rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    }
  }
}

/**
 * @param {string} node
 * @param {string} folder
 * @param {import('./desktop-session/index.mjs').DesktopSession} session
 * @returns {Promise<number>} exit code
 */
function run(node, folder, session) {
  if (interruptedBy !== null) return Promise.resolve(interruptedBy)
  const args = [entry, folder, String(startedAt), ...(isHeadless ? ['--headless'] : [])]
  return new Promise((resolve, reject) => {
    demo = session.spawn([node, ...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    demo.once('error', reject)
    demo.once('exit', (code, signal) => {
      if (signal !== null) console.log(isHeadless ? lastLine() : `The demo was ended by ${signal}.`)
      resolve(code ?? interruptedBy ?? 1)
    })
  })
}
