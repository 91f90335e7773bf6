import { describe, expect, it } from 'vitest'
import { MIB } from '#shared/domain/units.ts'
import { isRead, newRclonePid, rclonePids, useRcloneScene } from './support/rclone-scene.ts'

const scene = useRcloneScene()

describe('how it fails', () => {
  it.each([
    ['source', 'signature-mismatch', () => ({ source: scene.sourceEnd(undefined, 'wrong') })],
    ['destination', 'signature-mismatch', () => ({ destination: scene.destinationEnd(undefined, 'wrong') })],
    ['source', 'bucket-not-found', () => ({ source: scene.sourceEnd(undefined, undefined, 'nowhere') })],
    ['destination', 'bucket-not-found', () => ({ destination: scene.destinationEnd(undefined, undefined, 'nowhere') })],
    ['source', 'source-not-found', () => ({ target: { kind: 'object', key: 'nope' } as const })],
    ['source', 'unreachable', () => ({ source: scene.sourceEnd('http://127.0.0.1:9')})],
  ] as const)('tells the %s: %s', async (side, code, options) => {
    await scene.seed({ a: '1', b: '2' })
    const outcome = await scene.copy(options())
    expect(outcome).toMatchObject({ kind: 'failed', copiedObjects: 0, failure: { side, code }, isWhole: true })
  })

  it('copies everything but archived objects, and names those', async () => {
    await scene.seed({ 'in/a': '1', 'in/old': '2', 'in/b': '3' })
    const endpoint = await scene.faultProxy(scene.source, (incoming) =>
      isRead(incoming, 'in/old') ? { status: 403, code: 'InvalidObjectState' } : null,
    )
    const outcome = await scene.copy({ source: scene.sourceEnd(endpoint), target: { kind: 'folder', prefix: 'in/' } })
    expect(outcome).toMatchObject({
      kind: 'failed',
      copiedObjects: 2,
      failure: { code: 'archived-object', side: 'source', permanent: true },
      isWhole: false,
      mayPass: false,
    })
    expect(scene.log.filter(({ level }) => level === 'error').map(({ object }) => object)).toContain('old')
    expect(Object.keys(await scene.destinationFiles()).toSorted()).toEqual(['a', 'b'])
  })

  it('stops reading the source as soon as the destination refuses for good', async () => {
    await scene.seedMany(400, 100)
    let reads = 0
    const from = await scene.faultProxy(scene.source, (incoming) => {
      if (incoming.url?.startsWith('/from/f') === true) reads += 1
      return null
    })
    const to = await scene.faultProxy(scene.destination, (incoming) =>
      incoming.method === 'PUT' ? { status: 403, code: 'QuotaExceeded' } : null,
    )
    const outcome = await scene.copy({ source: scene.sourceEnd(from), destination: scene.destinationEnd(to)})
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { code: 'quota-exceeded', side: 'destination' },
      isWhole: true,
      mayPass: false,
    })
    expect(reads).toBeLessThan(400)
  })

  it('asks what to do when nothing moves, and ends as told', async () => {
    await scene.seed({ a: '1' })
    const endpoint = await scene.faultProxy(scene.source, (incoming) => (isRead(incoming, 'a') ? 'hang' : null))
    let asked = 0
    const failure = { code: 'unreachable', side: 'source', permanent: false, exitCode: 1, message: 'probe failed' } as const
    const outcome = await scene.copy({
      source: scene.sourceEnd(endpoint),
      stallAfterMs: 500,
      onStalled: () => Promise.resolve((asked += 1) < 2 ? null : failure),
    })
    expect(outcome).toMatchObject({ kind: 'failed', failure })
    expect(asked).toBe(2)
  })

  it('says so when rclone cannot be started, or dies', async () => {
    expect(await scene.copy({ rclonePath: '/nowhere/rclone' })).toMatchObject({
      kind: 'failed',
      failure: { code: 'copy-failed', side: 'worker' },
    })
    await scene.seedMany(4, MIB)
    const pids = new Set(await rclonePids())
    let isCopying = false
    const job = scene.startCopy({ capBytesPerSecond: MIB / 2, onProgress: () => (isCopying = true) })
    const pid = await newRclonePid(pids)
    await expect.poll(() => isCopying, { timeout: 10_000 }).toBe(true)
    process.kill(pid, 'SIGKILL')
    expect(await job.finished).toMatchObject({
      kind: 'failed',
      failure: { side: 'worker', message: 'rclone ended unexpectedly' },
    })
  })
})
