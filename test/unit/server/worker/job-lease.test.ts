import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { MigrationState } from '#shared/domain/migration-state.ts'
import { keepLease } from '../../../../server/worker/job-lease.ts'
import { createStopSwitch } from '../../../../server/worker/stop-switch.ts'

const TTL = 15_000

describe('the lease of a job', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function start(answer: () => Promise<MigrationState | null>) {
    const stopSwitch = createStopSwitch()
    const renew = vi.fn(answer)
    const errors: unknown[] = []
    const lease = keepLease({ held: { renew }, leaseTtlMs: TTL, stopSwitch, onError: (error) => errors.push(error) })
    return { stopSwitch, renew, errors, lease }
  }

  test('B8: it is renewed three times per TTL, for as long as the job runs', async () => {
    const { renew, stopSwitch, lease } = start(() => Promise.resolve('running'))
    await vi.advanceTimersByTimeAsync(10 * TTL)
    expect(renew).toHaveBeenCalledTimes(30)
    expect(renew).toHaveBeenCalledWith(TTL)
    expect(stopSwitch.reason()).toBeNull()
    lease.end()
    await vi.advanceTimersByTimeAsync(10 * TTL)
    expect(renew).toHaveBeenCalledTimes(30)
    expect(stopSwitch.reason()).toBeNull()
  })

  test('B8: a lost lease stops the job at the renewal that learns of it', async () => {
    const { stopSwitch } = start(() => Promise.resolve(null))
    await vi.advanceTimersByTimeAsync(TTL / 3)
    expect(stopSwitch.reason()).toBe('lease-lost')
    expect(stopSwitch.signal.aborted).toBe(true)
  })

  test('S15: a renewal that finds the row cancelling stops the job as cancelled', async () => {
    const { stopSwitch } = start(() => Promise.resolve('cancelling'))
    await vi.advanceTimersByTimeAsync(TTL / 3)
    expect(stopSwitch.reason()).toBe('cancelled')
  })

  test.each([
    ['answers with errors', () => Promise.reject(new Error('down'))],
    ['does not answer', () => new Promise<never>(() => undefined)],
  ])(
    'B8: while the database %s, the job stops before another worker may take it, not at the first trouble',
    async (_name, answer) => {
      const { stopSwitch } = start(answer)
      await vi.advanceTimersByTimeAsync(TTL / 2)
      expect(stopSwitch.reason()).toBeNull()
      await vi.advanceTimersByTimeAsync(TTL / 2 - 1)
      expect(stopSwitch.reason()).toBe('lease-lost')
    },
  )

  test('B8: a database that comes back in time costs nothing', async () => {
    let isUp = false
    const { stopSwitch, errors } = start(() => (isUp ? Promise.resolve('running') : Promise.reject(new Error('down'))))
    await vi.advanceTimersByTimeAsync(0.7 * TTL)
    isUp = true
    await vi.advanceTimersByTimeAsync(10 * TTL)
    expect(errors.length).toBeGreaterThan(2)
    expect(stopSwitch.reason()).toBeNull()
  })
})
