import { describe, expect, it } from 'vitest'
import { MIB } from '#shared/domain/units.ts'
import { newRclonePid, rclonePids, useRcloneScene } from './support/rclone-scene.ts'

const scene = useRcloneScene()

describe('cap and cancel', () => {
  it('keeps the whole job under its cap, which can be lifted while it runs', async () => {
    await scene.seedMany(8, MIB)
    const startedAt = performance.now()
    expect(await scene.copy({ capBytesPerSecond: 4 * MIB, destinationPrefix: 'slow/' })).toMatchObject({ copiedBytes: 8 * MIB })
    const cappedMs = performance.now() - startedAt
    // The bucket of tokens may start full: the first tenths of a second are free.
    expect(cappedMs).toBeGreaterThan(1_500)

    const job = scene.startCopy({ capBytesPerSecond: 64 * 1024, destinationPrefix: 'lifted/' })
    await expect.poll(() => job.setCap(null), { timeout: 10_000 }).toBe(true)
    // Held to 64 KiB/s this would take two minutes.
    expect(await job.finished).toMatchObject({ kind: 'succeeded', copiedObjects: 8 })
  }, 30_000)

  it('cancels within two seconds and leaves what was copied, whole objects only', async () => {
    await scene.seed({ small: 'x'.repeat(1_000) })
    await scene.seedMany(4, 8 * MIB)
    const job = scene.startCopy({ capBytesPerSecond: MIB })
    await expect.poll(() => scene.log.some((entry) => entry.message.startsWith('Copied')), { timeout: 10_000 }).toBe(true)
    const askedAt = performance.now()
    await job.cancel()
    expect(performance.now() - askedAt).toBeLessThan(2_000)
    const outcome = await job.finished
    expect(outcome).toMatchObject({ kind: 'cancelled' })
    const files = await scene.destinationFiles()
    expect(files['small']).toBe('x'.repeat(1_000))
    expect(Object.keys(files)).toHaveLength(outcome.copiedObjects)
    expect(await job.setCap(1)).toBe(false)
  })

  it('can be cancelled while rclone is starting', async () => {
    await scene.seed({ a: '1' })
    const job = scene.startCopy()
    await job.cancel()
    expect(await job.finished).toMatchObject({ kind: 'cancelled', copiedObjects: 0 })
  })

  it('S15: a cancel does not wait for an rclone that hangs', async () => {
    await scene.seedMany(4, MIB)
    const known = new Set(await rclonePids())
    let isCopying = false
    const job = scene.startCopy({ capBytesPerSecond: MIB / 4, onProgress: () => (isCopying = true) })
    const pid = await newRclonePid(known)
    await expect.poll(() => isCopying, { timeout: 10_000 }).toBe(true)
    process.kill(pid, 'SIGSTOP')
    const askedAt = performance.now()
    await job.cancel()
    // One second for job/stop, one for SIGTERM.
    expect(performance.now() - askedAt).toBeLessThan(3_000)
    expect(await job.finished).toMatchObject({ kind: 'cancelled' })
    expect(await rclonePids()).not.toContain(pid)
  })

  it('B8: an abandoned copy writes nothing more, not even the end of its uploads', async () => {
    await scene.seed({ big: Buffer.alloc(210 * MIB) })
    const requests: string[] = []
    const endpoint = await scene.faultProxy(scene.destination, (incoming) => {
      requests.push(`${incoming.method ?? ''} ${incoming.url ?? ''}`)
      return null
    })
    const job = scene.startCopy({ destination: scene.destinationEnd(endpoint), capBytesPerSecond: 16 * MIB })
    await expect.poll(() => requests.some((line) => line.includes('uploadId')), { timeout: 10_000 }).toBe(true)
    const askedAt = performance.now()
    await job.abandon()
    expect(performance.now() - askedAt).toBeLessThan(500)
    expect(await job.finished).toMatchObject({ kind: 'cancelled' })
    expect(requests.filter((line) => line.startsWith('DELETE'))).toEqual([])
  })
})
