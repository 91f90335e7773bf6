import { afterEach, describe, expect, test, vi } from 'vitest'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import { ok } from '#shared/domain/result.ts'
import { createLogger } from '../../../../server/logger.ts'
import type { HeldJob } from '../../../../server/stores/held-job.ts'
import type { ClaimedJob, JobStore } from '../../../../server/stores/job-store.ts'
import { type JobLoop, startJobLoop } from '../../../../server/worker/job-loop.ts'
import type { JobPorts } from '../../../../server/worker/job-ports.ts'
import { createWorkerSignals } from '../../../../server/worker/worker-signals.ts'

const LONG_MS = 600_000
const claimedJob = (index: number, attempt: number): ClaimedJob => ({
  migrationId: `00000000-0000-4000-8000-00000000000${index}`,
  attempt,
  source: { endpoint: 'http://127.0.0.1:1', region: 'r', accessKeyId: 'k', bucket: 'b', target: { kind: 'bucket' } },
  destination: { bucketId: 'b', prefix: '' },
  capBytesPerSecond: 1_000,
  existing: 'replace-different',
  startedAt: null,
  progress: emptyProgress,
})

/** A loop over a table in memory; nobody ever hands a secret over. */
function startLoop(
  jobs: readonly ClaimedJob[],
  timing: Partial<JobPorts['timing']>,
  { maxWaiting = 3, dropOldReports = () => Promise.resolve() } = {},
) {
  const queue = [...jobs]
  const claimed: string[] = []
  const failures: string[] = []
  const yes = () => Promise.resolve(true)
  const hold: JobStore['hold'] = ({ migrationId }): HeldJob => ({
    renew: () => Promise.resolve('awaiting-credentials'),
    publishKey: yes,
    receivedCredentials: yes,
    copied: yes,
    copyAgain: yes,
    writeProgress: yes,
    writeInventory: yes,
    clearReport: yes,
    addReportChunk: yes,
    appendLog: yes,
    complete: yes,
    fail: ({ code }) => Promise.resolve(failures.push(`${migrationId.slice(-1)} ${code}`) > 0),
    stopped: yes,
    release: yes,
  })
  const store: JobStore = {
    claim: () => {
      const job = queue.shift() ?? null
      if (job !== null) claimed.push(job.migrationId.slice(-1))
      return Promise.resolve(job)
    },
    settleAbandonedCancels: () => Promise.resolve(),
    dropOldReports,
    hold,
  }
  const unused = () => {
    throw new Error('no secret, no copy')
  }
  const loop = startJobLoop({
    jobs: store,
    slots: 1,
    maxWaiting,
    ports: {
      signals: createWorkerSignals().signals,
      findDestination: unused,
      sourceGuard: { check: () => Promise.resolve(ok(null)), lookup: unused, resolve: unused },
      startCopy: unused,
      logger: createLogger('error', { write: () => undefined }, {}),
      timing: {
        leaseTtlMs: 60_000,
        firstSecretWaitMs: LONG_MS,
        laterSecretWaitMs: LONG_MS,
        reportIntervalMs: LONG_MS,
        ...timing,
      },
    },
  })
  return { loop, claimed, failures }
}

describe('a worker’s jobs', () => {
  let loop: JobLoop | null = null
  afterEach(() => loop?.stop())

  test('B15: jobs that wait for their secret take no slot, up to a limit of their own', async () => {
    const started = startLoop([1, 2, 3, 4, 5].map((index) => claimedJob(index, 1)), {})
    loop = started.loop
    await loop.ready
    expect(started.claimed).toEqual(['1', '2', '3'])
  })

  test('B8: the first worker waits for the secret for a short while, a later one for a long one', async () => {
    const first = startLoop([claimedJob(1, 1), claimedJob(2, 2)], { firstSecretWaitMs: 1 })
    loop = first.loop
    await vi.waitFor(() => expect(first.failures).toEqual(['1 credentials-not-received']))
    await loop.stop()
    const later = startLoop([claimedJob(1, 1), claimedJob(2, 2)], { laterSecretWaitMs: 1 })
    loop = later.loop
    await vi.waitFor(() => expect(later.failures).toEqual(['2 credentials-not-received']))
  })

  test('looks for old reports at its start and each hour, also after a look that failed', async () => {
    vi.useFakeTimers()
    try {
      const dropOldReports = vi.fn(() => Promise.reject(new Error('no database')))
      loop = startLoop([], {}, { dropOldReports }).loop
      await vi.advanceTimersByTimeAsync(0)
      expect(dropOldReports).toHaveBeenCalledTimes(1)
      await vi.advanceTimersByTimeAsync(2 * 3_600_000)
      expect(dropOldReports).toHaveBeenCalledTimes(3)
      await loop.stop()
      await vi.advanceTimersByTimeAsync(3_600_000)
      expect(dropOldReports).toHaveBeenCalledTimes(3)
    } finally {
      vi.useRealTimers()
    }
  })
})
