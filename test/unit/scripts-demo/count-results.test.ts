import { describe, expect, it } from 'vitest'
import { addCounts, countPlaywright, countVitest, judgeRun, sayCounts } from '../../../scripts/test/count-results.ts'

const passedFile = { status: 'passed', assertionResults: [{ status: 'passed' }] }

describe('counting what runners report', () => {
  it('takes vitest’s own numbers', () => {
    const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }
    const failedFile = { status: 'failed', assertionResults: [{ status: 'failed' }] }
    expect(countVitest({ ...report, testResults: [passedFile, failedFile] })).toEqual({ passed: 5, failed: 1, skipped: 3 })
  })

  it('counts a file that broke outside its tests as one failure', () => {
    const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }
    const broken = { status: 'failed', assertionResults: [] }
    expect(countVitest({ ...report, testResults: [passedFile, broken] })).toEqual({ passed: 5, failed: 1, skipped: 0 })
  })

  it('counts Playwright’s flaky tests and errors of the run as failures', () => {
    const report = { stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 2 }, errors: ['a spec does not load'] }
    expect(countPlaywright(report)).toEqual({ passed: 7, failed: 3, skipped: 2 })
  })
})

describe('judging a run', () => {
  const good = { passed: 3, failed: 0, skipped: 0 }

  it('believes a runner that ended well', () => expect(judgeRun(0, good)).toEqual(good))
  it('does not believe one that ended badly without a failure', () => expect(judgeRun(1, good).failed).toBe(1))
  it('does not believe one that was killed', () => expect(judgeRun(null, good).failed).toBe(1))
  it('adds nothing to failures that are counted already', () => expect(judgeRun(1, { ...good, failed: 2 }).failed).toBe(2))
  it('takes a run without any test as a failure', () => expect(judgeRun(0, { passed: 0, failed: 0, skipped: 4 }).failed).toBe(1))
  it('takes a missing report as a failure', () => expect(judgeRun(0, null).failed).toBe(1))
})

describe('the last line', () => {
  it('sums up all runners', () => {
    const all = [{ passed: 3, failed: 0, skipped: 0 }, { passed: 1, failed: 2, skipped: 0 }]
    expect(sayCounts(addCounts(all))).toBe('4 passed, 2 failed')
  })
  it('names skipped ones only where there are any', () => expect(sayCounts({ passed: 1, failed: 0, skipped: 2 })).toBe('1 passed, 0 failed, 2 skipped'))
})
