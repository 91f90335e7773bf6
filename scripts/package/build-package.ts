import { spawn } from 'node:child_process'
import { chmod, copyFile, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { path7za } from '7zip-bin'
import { buildApp } from '../desktop-app/build-app.ts'
import { readRuntime, type Runtime } from '../local-stack/runtime.ts'
import { projectRoot } from '../local-stack/server-programs.ts'
import { StartError } from '../local-stack/start-error.ts'

/**
 * Builds the app and packs it with electron-builder into `dist/`.
 *
 * @param targets electron-builder's own words, such as `--linux dir`.
 * @throws StartError with the packer's words.
 */
export async function buildPackage(targets: readonly string[], signal?: AbortSignal): Promise<void> {
  const { node, electron } = readRuntime()
  await buildApp(node.path, signal)
  const program = join(projectRoot, 'node_modules', 'electron-builder', 'cli.js')
  const { args, env } = electron.origin === 'electron' ? { args: [], env: {} } : await withoutDownloads(electron)
  await run(node.path, [program, ...targets, '--publish', 'never', ...args], { env, signal })
}

/**
 * Where Electron's own release could not be had, the packer's tools could not either: what set-up found is packed, and an
 * archive is made by the 7za out of npm. A stand-in is not shipped, so nothing is spent on making it small.
 */
async function withoutDownloads({ dist, version }: Runtime['electron']) {
  const program = join(projectRoot, '.cache', '7zip', process.platform === 'win32' ? '7za.exe' : '7za')
  await mkdir(dirname(program), { recursive: true })
  await copyFile(path7za, program)
  // npm may have unpacked it without its permission to run.
  await chmod(program, 0o755)
  return {
    args: [`-c.electronDist=${dist}`, `-c.electronVersion=${version}`, '-c.compression=store'],
    env: { ELECTRON_BUILDER_7ZIP_PATH: program },
  }
}

interface RunOptions {
  readonly env: Readonly<Record<string, string>>
  readonly signal: AbortSignal | undefined
}

function run(nodePath: string, args: readonly string[], { env, signal }: RunOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    const child = spawn(nodePath, args, {
      cwd: projectRoot,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal === undefined ? {} : { signal }),
    })
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new StartError(`The app could not be packed:\n${output.trim()}`, 'Run "npm run package -- --linux dir tar.gz" to see it again.'))
    })
  })
}
