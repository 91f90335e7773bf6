import { spawn } from 'node:child_process'
import { open, readFile } from 'node:fs/promises'
import { sandboxArguments } from '../desktop-app/electron-launch.ts'
import { dieWithParent } from '../local-stack/die-with-parent.ts'
import { projectRoot } from '../local-stack/server-programs.ts'
import { StartError } from '../local-stack/start-error.ts'

const QUIT_GRACE_MS = 8_000

interface WindowOptions {
  readonly program: string
  readonly env: Record<string, string>
  readonly logFile: string
  readonly signal: AbortSignal
}

/** Opens the app for a person and waits until it is quit, by the person or by the signal. */
export async function openWindow({ program, env, logFile, signal }: WindowOptions): Promise<void> {
  const log = await open(logFile, 'a', 0o600)
  const [command, args] = dieWithParent(program, [...sandboxArguments(), projectRoot])
  // A group of its own: Ctrl-C reaches the demo, which then quits the app in order.
  const app = spawn(command, args, { cwd: projectRoot, env, detached: true, stdio: ['ignore', log.fd, log.fd] })
  const quit = (): void => {
    app.kill('SIGTERM')
    setTimeout(() => app.kill('SIGKILL'), QUIT_GRACE_MS).unref()
  }
  signal.addEventListener('abort', quit, { once: true })
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      app.once('error', reject)
      app.once('exit', resolve)
    })
    if (code !== 0 && !signal.aborted) {
      const lastWords = (await readFile(logFile, 'utf8')).trim().split('\n').slice(-8).join('\n')
      throw new StartError(`The app ended with code ${String(code)}:\n${lastWords}`, 'Without a desktop, run "npm run demo -- --headless".')
    }
  } finally {
    signal.removeEventListener('abort', quit)
    await log.close()
  }
}
