import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import type { JobReport } from '../../../../server/stores/held-job.ts'
import { startReporter } from '../../../../server/worker/job-reporter.ts'
import { createRecentActivity } from '../../../../server/worker/recent-activity.ts'

describe('the reporter', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function start() {
    const writeProgress = vi.fn((_report: JobReport) => Promise.resolve(true))
    const appendLog = vi.fn((_lines: readonly { text: string }[]) => Promise.resolve(true))
    const activity = createRecentActivity({ redact: (text) => text, now: () => new Date() })
    let report: JobReport = { progress: emptyProgress, throughput: null, waiting: null }
    const errors: unknown[] = []
    const reporter = startReporter({
      held: { writeProgress, appendLog },
      progress: () => report,
      activity,
      intervalMs: 1_000,
      onError: (error) => errors.push(error),
    })
    return {
      writeProgress,
      appendLog,
      activity,
      errors,
      reporter,
      copy: (copiedBytes: number) => void (report = { ...report, progress: { ...emptyProgress, copiedBytes } }),
      wait: (waiting: JobReport['waiting']) => void (report = { ...report, waiting }),
    }
  }

  test('S12: progress is written once a second, and only when it has changed', async () => {
    const { writeProgress, copy } = start()
    for (let second = 0; second < 5; second += 1) {
      copy(second)
      await vi.advanceTimersByTimeAsync(1_000)
    }
    await vi.advanceTimersByTimeAsync(10_000)
    expect(writeProgress.mock.calls.map(([report]) => report.progress.copiedBytes)).toEqual([0, 1, 2, 3, 4])
  })

  test('B8: that it waits is written although no byte has moved', async () => {
    const { writeProgress, wait } = start()
    await vi.advanceTimersByTimeAsync(3_000)
    wait({ side: 'source', code: 'unreachable', nextTryAt: '2026-11-22T12:00:00.000Z' })
    await vi.advanceTimersByTimeAsync(3_000)
    expect(writeProgress.mock.calls.map(([report]) => report.waiting?.side ?? null)).toEqual([null, 'source'])
  })

  test('B8: lines and progress that the database did not take are written when it is back', async () => {
    const { appendLog, writeProgress, activity, copy, errors } = start()
    appendLog.mockRejectedValueOnce(new Error('down'))
    activity.add('error', 'first')
    copy(1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(errors).toHaveLength(1)
    activity.add('error', 'second')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(appendLog.mock.calls[1]?.[0].map(({ text }) => text)).toEqual(['first', 'second'])
    expect(writeProgress).toHaveBeenCalledTimes(1)
  })

  test('one write at a time: a slow database is not met with the same lines twice', async () => {
    const { appendLog, activity, reporter } = start()
    let answer = (_isDone: boolean): void => undefined
    appendLog.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)))
    activity.add('info', 'slow')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(appendLog).toHaveBeenCalledTimes(1)
    answer(true)
    await reporter.flush()
    expect(appendLog).toHaveBeenCalledTimes(1)
    reporter.end()
    activity.add('info', 'after the end')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(appendLog).toHaveBeenCalledTimes(1)
  })
})
