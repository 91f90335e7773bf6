import { join } from 'node:path'
import { projectRoot } from '../local-stack/server-programs.ts'
import { type Counts, countPlaywright, countVitest, type PlaywrightReport, type VitestReport } from './count-results.ts'

export interface Stage {
  readonly name: string
  /** Program of `node_modules/.bin` or `node` itself, and what it is given. */
  readonly command: readonly [file: string, ...args: string[]]
  readonly env?: Readonly<Record<string, string>>
  /** Where its report is and how to count it; a stage without one is a single test that its exit code decides. */
  readonly report?: { readonly file: string; readonly count: (report: unknown) => Counts }
}

/** Every stage, the quick ones first. `wrap`: what makes packages that were unpacked without root visible to a command. */
export function describeStages(reportFolder: string, wrap: readonly string[]): readonly Stage[] {
  return [
    { name: 'types', command: ['npm', 'run', '--silent', 'check:types'] },
    { name: 'lint', command: ['npm', 'run', '--silent', 'check:lint'] },
    { name: 'imports', command: ['npm', 'run', '--silent', 'check:imports'] },
    vitestStage('unit', reportFolder),
    wrapped(wrap, vitestStage('integration', reportFolder)),
    endToEndStage(join(reportFolder, 'e2e.json')),
  ]
}

function vitestStage(project: 'unit' | 'integration', reportFolder: string): Stage {
  const file = join(reportFolder, `${project}.json`)
  return {
    name: project,
    command: ['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    report: { file, count: (report) => countVitest(report as VitestReport) },
  }
}

function wrapped(wrap: readonly string[], stage: Stage): Stage {
  const [file, ...args] = [...wrap, ...stage.command]
  return file === undefined ? stage : { ...stage, command: [file, ...args] }
}

/** Always on a screen in memory with a bus and keychain of its own: it must not type into the user's. */
function endToEndStage(file: string): Stage {
  const session = join(projectRoot, 'scripts', 'desktop-session', 'index.mjs')
  return {
    name: 'e2e',
    command: ['node', session, '--headless', '--', 'playwright', 'test', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    report: { file, count: (report) => countPlaywright(report as PlaywrightReport) },
  }
}
