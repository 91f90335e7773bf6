// `npm run bench -- NAME`: sets the machine up, then runs bench/NAME/index.ts under Node 24.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { explainFailure, runtimeEnv, setUp } from './setup/index.mjs'

const benchFolder = join(import.meta.dirname, '..', 'bench')
const names = readdirSync(benchFolder).filter((name) => existsSync(join(benchFolder, name, 'index.ts')))
const name = process.argv[2] ?? ''

if (!names.includes(name)) {
  console.error(`Say which: npm run bench -- ${names.join(' | ')}`)
  process.exit(1)
}
try {
  const isOfApp = name === 'app'
  /** @type {import('./setup/index.mjs').Need[]} */
  const needs = isOfApp ? ['dependencies', 'desktop', 'electron', 'rclone'] : ['dependencies', 'rclone']
  const runtime = await setUp({ needs, log: (line) => console.error(line) })
  const script = join(benchFolder, name, 'index.ts')
  const session = [join(import.meta.dirname, 'desktop-session', 'index.mjs'), '--headless', '--', runtime.node.path]
  const { status } = spawnSync(runtime.node.path, [...(isOfApp ? session : []), script, ...process.argv.slice(3)], {
    stdio: 'inherit',
    env: runtimeEnv(),
  })
  process.exit(status ?? 1)
} catch (error) {
  console.error(explainFailure(error) ?? error)
  process.exit(1)
}
