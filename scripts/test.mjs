// npm test [-- stage …]: sets up, then runs every stage. Plain JavaScript without packages: it runs first.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onInterruption } from './interruption.mjs'
import { allNeeds, explainFailure, runtimeEnv, setUp } from './setup/index.mjs'

const entry = join(dirname(fileURLToPath(import.meta.url)), 'test', 'index.ts')

try {
  const { node } = await setUp({ needs: [...allNeeds, 'ceph'], log: (line) => console.log(`  ${line}`) })
  process.exitCode = await run(node.path)
} catch (error) {
  console.error(explainFailure(error))
  console.log('0 passed, 1 failed')
  process.exitCode = 1
}

/**
 * @param {string} node
 * @returns {Promise<number>} exit code
 */
function run(node) {
  const tests = spawn(node, [entry, ...process.argv.slice(2)], { stdio: 'inherit', env: runtimeEnv() })
  // In a terminal it has had the same signal already; it ends what it runs and says how far it came.
  onInterruption(({ signal }) => tests.kill(signal))
  return new Promise((resolve, reject) => {
    tests.once('error', reject)
    tests.once('exit', (code, signal) => {
      if (signal !== null) console.log('0 passed, 1 failed')
      resolve(code ?? 1)
    })
  })
}
