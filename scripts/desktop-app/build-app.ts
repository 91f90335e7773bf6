import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { projectRoot } from '../local-stack/server-programs.ts'
import { StartError } from '../local-stack/start-error.ts'

/** What the build reads: when none of it has changed, what was built last is still right. */
const inputs = ['src', 'scripts/build', 'electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json']
const outputs = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html', 'out/main/licences.json']
const stampFile = join(projectRoot, '.cache', 'app-build.stamp')

/**
 * Builds the desktop app into `out/`.
 *
 * @returns whether it had to be built
 * @throws StartError with the builder's words.
 */
export async function buildApp(nodePath: string, signal?: AbortSignal): Promise<'built' | 'already built'> {
  const stamp = await fingerprint(inputs.map((input) => join(projectRoot, input)))
  const isComplete = outputs.every((output) => existsSync(join(projectRoot, output)))
  if (isComplete && (await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return 'already built'
  await runBuilder(nodePath, signal)
  await mkdir(dirname(stampFile), { recursive: true })
  await writeFile(stampFile, stamp)
  return 'built'
}

/** By content, not by time: a fresh clone has new times for the same files. */
async function fingerprint(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of await filesBelow(path)) hash.update(`${file}\n`).update(await readFile(file))
  }
  return hash.digest('hex')
}

async function filesBelow(path: string): Promise<readonly string[]> {
  if ((await stat(path)).isFile()) return [path]
  const entries = await readdir(path, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort()
}

function runBuilder(nodePath: string, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const program = join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
    let output = ''
    const child = spawn(nodePath, [program, 'build', '--logLevel', 'warn'], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal === undefined ? {} : { signal }),
    })
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new StartError(`The app could not be built:\n${output.trim()}`, 'Run "npm run build" to see it again.'))
    })
  })
}
