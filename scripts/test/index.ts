import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readRuntime } from '../local-stack/runtime.ts'
import { addCounts, sayCounts } from './count-results.ts'
import { runStage, type StageResult } from './run-stage.ts'
import { describeStages } from './stages.ts'

// Entry, started by scripts/test.mjs: index.ts [stage …]; without names, all of them.
const names = process.argv.slice(2)
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort())

const reportFolder = await mkdtemp(join(tmpdir(), 'carolina-test-reports-'))
const stages = describeStages(reportFolder, readRuntime().desktop.wrap)
const unknown = names.filter((name) => !stages.some((stage) => stage.name === name))
const results: StageResult[] = []
try {
  for (const stage of stages.filter(({ name }) => names.length === 0 || names.includes(name))) {
    say(`\n=== ${stage.name} ===`)
    results.push(await runStage(stage, interruption.signal))
  }
} finally {
  await rm(reportFolder, { recursive: true, force: true })
}

say('')
for (const name of unknown) say(`There is no stage "${name}"; there are ${stages.map((stage) => stage.name).join(', ')}.`)
for (const { name, counts, seconds } of results) say(`${name.padEnd(12)} ${sayCounts(counts).padEnd(36)} ${seconds.toFixed(1)} s`)
const total = addCounts(results.map(({ counts }) => counts))
say(sayCounts({ ...total, failed: total.failed + unknown.length }))
process.exitCode = total.failed + unknown.length === 0 ? 0 : 1
