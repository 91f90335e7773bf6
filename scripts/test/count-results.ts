/** Tests by how they ended. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0 }

/** What vitest's JSON reporter writes, as far as it is read here. */
export interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[]
}

/** What Playwright's JSON reporter writes, as far as it is read here. */
export interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number }
  /** Of the run as a whole: a spec that does not load, a set-up that throws. */
  readonly errors: readonly unknown[]
}

export function countVitest(report: VitestReport): Counts {
  // A file that breaks outside its tests (an import, a hook) fails without any of them having failed.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

export function countPlaywright({ stats, errors }: PlaywrightReport): Counts {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped }
}

/**
 * The truth about one runner: one that broke, or ran nothing, is a failure even when it counted none.
 *
 * @param counted null when it left no report
 */
export function judgeRun(exitCode: number | null, counted: Counts | null): Counts {
  const counts = counted ?? noCounts
  const isSilentlyBroken = exitCode !== 0 && counts.failed === 0
  const isEmpty = counts.passed + counts.failed === 0
  return isSilentlyBroken || isEmpty ? { ...counts, failed: counts.failed + 1 } : counts
}

export function addCounts(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed, skipped: sum.skipped + one.skipped }),
    noCounts,
  )
}

/** `12 passed, 0 failed`, and `, 2 skipped` where there are any. */
export function sayCounts({ passed, failed, skipped }: Counts): string {
  return `${String(passed)} passed, ${String(failed)} failed${skipped === 0 ? '' : `, ${String(skipped)} skipped`}`
}
