import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { projectRoot } from '../local-stack/server-programs.ts'
import { type Counts, judgeRun } from './count-results.ts'
import type { Stage } from './stages.ts'

export interface StageResult {
  readonly name: string
  readonly counts: Counts
  readonly seconds: number
}

/** Runs one stage with its output on this terminal. A stage that cannot even be started has failed. */
export async function runStage(stage: Stage, signal: AbortSignal): Promise<StageResult> {
  const startedAt = performance.now()
  const exitCode = signal.aborted ? null : await runCommand(stage, signal)
  const seconds = (performance.now() - startedAt) / 1000
  const { report } = stage
  const counted = report === undefined ? countExitCode(exitCode) : await readCounts(report)
  return { name: stage.name, counts: judgeRun(exitCode, counted), seconds }
}

function runCommand({ command, env }: Stage, signal: AbortSignal): Promise<number | null> {
  const [file, ...args] = command
  const PATH = [join(projectRoot, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter)
  const child = spawn(file, args, {
    cwd: projectRoot,
    env: { ...process.env, ...env, PATH },
    stdio: ['ignore', 'inherit', 'inherit'],
    // On Windows the programs of node_modules/.bin are scripts, which only a shell starts.
    shell: process.platform === 'win32',
  })
  const end = (): void => void child.kill('SIGTERM')
  signal.addEventListener('abort', end, { once: true })
  return new Promise((resolve) => {
    const settle = (code: number | null): void => {
      signal.removeEventListener('abort', end)
      resolve(code)
    }
    child.once('error', () => settle(null))
    child.once('exit', settle)
  })
}

const countExitCode = (exitCode: number | null): Counts => ({ passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 })

/** Null when the runner left no report, or half of one. */
async function readCounts({ file, count }: NonNullable<Stage['report']>): Promise<Counts | null> {
  try {
    return count(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}
