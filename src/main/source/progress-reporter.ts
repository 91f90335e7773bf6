import type { SourceCheckProgress } from '#shared/ipc/source-check.ts'
import { readFacts, type SourceFacts } from './source-facts.ts'

/** Numbers alone are told this often. */
const COUNT_INTERVAL_MS = 500

interface ReporterPorts {
  readonly now: () => number
  readonly send: (progress: SourceCheckProgress) => void
}

/** Tells what has been found: another finding at once, growing numbers about twice a second. */
export function createProgressReporter({ now, send }: ReporterPorts): { readonly report: (facts: SourceFacts) => void } {
  let toldCodes = ''
  let toldAt = -Infinity
  return {
    report: (facts) => {
      const progress = readFacts(facts)
      const codes = progress.findings.map(({ code, severity }) => `${code}:${severity}`).join()
      if (codes === toldCodes && now() - toldAt < COUNT_INTERVAL_MS) return
      toldCodes = codes
      toldAt = now()
      send(progress)
    },
  }
}
