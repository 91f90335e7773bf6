import { removePrivateFolder } from '../local-stack/private-file.ts'
import { readRuntime } from '../local-stack/runtime.ts'
import { StartError } from '../local-stack/start-error.ts'
import { describeFindings, type DemoReport } from './demo-report.ts'
import { runDemo } from './run-demo.ts'

// Entry, started by scripts/demo.mjs inside the desktop session: index.ts <private folder> <start, ms> [--headless]
const [privateFolder = '', startedAt = '0', ...flags] = process.argv.slice(2)
const isHeadless = flags.includes('--headless')
const interruption = new AbortController()
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
const exit: { code: number | null } = { code: null }
for (const [name, code] of Object.entries(signals)) {
  process.on(name, () => {
    exit.code ??= code
    interruption.abort(new Error('interrupted'))
  })
}
// The channel to scripts/demo.mjs closes when that is gone, however it went.
process.on('disconnect', () => interruption.abort(new Error('interrupted')))

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const runtime = readRuntime()
const versions = { rclone: runtime.rclone.version, node: process.versions.node }
const seconds = (): number => Math.round((Date.now() - Number(startedAt)) / 100) / 10

async function run(): Promise<DemoReport | null> {
  try {
    const findings = await runDemo({
      privateFolder,
      isHeadless,
      runtime,
      env: process.env,
      signal: interruption.signal,
      onStep: (line) => say(`✓ ${line}`),
    })
    return findings === null ? null : describeFindings(findings, { ...versions, seconds: seconds() })
  } catch (error) {
    if (interruption.signal.aborted) return { state: 'interrupted', seconds: seconds() }
    say(error instanceof StartError ? `✗ ${error.message}` : `✗ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return { state: 'error', seconds: seconds() }
  } finally {
    await removePrivateFolder(privateFolder)
  }
}

const report = await run()
if (isHeadless && report !== null) say(JSON.stringify(report))
else if (report === null || report.state === 'interrupted') say('The demo has ended; everything it made is removed.')
// The channel would keep the process alive.
process.exit(exit.code ?? (report === null || report.state === 'completed' ? 0 : 1))
