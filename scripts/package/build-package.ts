import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildApp } from '../desktop-app/build-app.ts'
import { readRuntime } from '../local-stack/runtime.ts'
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
  // What set-up found is packed; only a stand-in has to be named, the ordinary Electron is found by its package.
  const standIn =
    electron.origin === 'electron'
      ? []
      : [`-c.electronDist=${electron.dist}`, `-c.electronVersion=${electron.version}`, '-c.compression=store']
  await run(node.path, [program, ...targets, '--publish', 'never', ...standIn], signal)
}

function run(nodePath: string, args: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    const child = spawn(nodePath, args, {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal === undefined ? {} : { signal }),
    })
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new StartError(`The app could not be packed:\n${output.trim()}`, 'Run "npm run package -- --linux dir" to see it again.'))
    })
  })
}
