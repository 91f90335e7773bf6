import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { MIB } from '#shared/domain/units.ts'
import type { Measured } from './measured-process.ts'

interface Case {
  readonly keys: number
  /** Added to each answer, as by a long line. */
  readonly delayMs: number
}

const cases: readonly Case[] = [
  { keys: 10_000, delayMs: 0 },
  { keys: 100_000, delayMs: 0 },
  { keys: 1_000_000, delayMs: 0 },
  { keys: 100_000, delayMs: 50 },
]

const program = (name: string): string => join(import.meta.dirname, name)
// Explicit: the figures are not to depend on whose shell it is.
const env = { PATH: '/usr/bin:/bin' }

/** Keys per second; RSS in MiB. */
async function measure({ keys, delayMs }: Case) {
  const double = spawn(process.execPath, [program('listing-double.ts'), String(keys), String(delayMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  })
  try {
    const [port] = (await once(double.stdout, 'data')) as [Buffer]
    const { stdout } = await promisify(execFile)(process.execPath, [program('measured-process.ts'), String(port).trim()], { env })
    const measured = JSON.parse(stdout) as Measured
    if (measured.keys !== keys) throw new Error(`${String(measured.keys)} of ${String(keys)} keys were listed`)
    const perSecond = (seconds: number): number => Math.round(keys / seconds)
    return {
      keys,
      delayMs,
      listedPerSecond: perSecond(measured.firstListingSeconds),
      listedAgainPerSecond: perSecond(measured.laterListingSeconds),
      verifiedPerSecond: perSecond(measured.verificationSeconds),
      idleMiB: Math.round(measured.idleRssBytes / MIB),
      peakMiB: Math.round(measured.peakRssBytes / MIB),
    }
  } finally {
    double.kill()
  }
}

const findings = []
for (const one of cases) {
  const finding = await measure(one)
  console.error(JSON.stringify(finding))
  findings.push(finding)
}
console.log(JSON.stringify(findings))
