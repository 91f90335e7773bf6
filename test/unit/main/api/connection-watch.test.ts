import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createConnectionWatch, LOOK_INTERVAL_MS, SPREAD_MS } from '../../../../src/main/api/connection-watch.ts'

const unreachable = { problem: { code: 'api-unreachable' }, isInUse: false } as const
const fine = { problem: null, isInUse: false } as const

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp(random = () => 0) {
  const network = { isOnline: true, isThere: (): Promise<boolean> => Promise.resolve(false) }
  let looks = 0
  const onReturned = vi.fn()
  const watch = createConnectionWatch({
    isApiThere: () => (looks++, network.isThere()),
    isOnline: () => network.isOnline,
    onReturned,
    random,
  })
  return { watch, network, onReturned, looks: () => looks, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

describe('connection watch (S14, S18)', () => {
  it('looks each second while the API is missed, and tells once when it is back', async () => {
    const { watch, network, onReturned, looks, pass } = setUp()
    watch.observe(unreachable)
    await pass(60 * LOOK_INTERVAL_MS)
    expect(looks()).toBe(60)
    expect(onReturned).not.toHaveBeenCalled()
    network.isThere = () => Promise.resolve(true)
    await pass(5 * LOOK_INTERVAL_MS)
    expect(onReturned).toHaveBeenCalledOnce()
  })

  it('is told of a second outage as well, and is still when all is well', async () => {
    const { watch, network, onReturned, looks, pass } = setUp()
    for (const outages of [1, 2]) {
      network.isThere = () => Promise.resolve(false)
      watch.observe(unreachable)
      await pass(LOOK_INTERVAL_MS)
      network.isThere = () => Promise.resolve(true)
      await pass(LOOK_INTERVAL_MS + SPREAD_MS)
      expect(onReturned).toHaveBeenCalledTimes(outages)
      watch.observe(fine)
    }
    const before = looks()
    await pass(60 * LOOK_INTERVAL_MS)
    expect(looks()).toBe(before)
  })

  it('comes back at a random moment of half a second, unless all is well or it is closed meanwhile', async () => {
    for (const meanwhile of ['nothing', 'fine', 'closed']) {
      const { watch, network, onReturned, pass } = setUp(() => 1)
      watch.observe(unreachable)
      await pass(LOOK_INTERVAL_MS / 2)
      network.isThere = () => Promise.resolve(true)
      await pass(LOOK_INTERVAL_MS / 2 + SPREAD_MS - 1)
      expect(onReturned).not.toHaveBeenCalled()
      if (meanwhile === 'fine') watch.observe(fine)
      if (meanwhile === 'closed') watch.close()
      await pass(1)
      expect(onReturned).toHaveBeenCalledTimes(meanwhile === 'nothing' ? 1 : 0)
      watch.close()
    }
  })

  it('does not wait for a look that is lost on a dead line, nor believe it later', async () => {
    const { watch, network, onReturned, pass } = setUp()
    const lost: ((isThere: boolean) => void)[] = []
    network.isThere = () => new Promise((resolve) => lost.push(resolve))
    watch.observe(unreachable)
    await pass(3 * LOOK_INTERVAL_MS)
    network.isThere = () => Promise.resolve(true)
    await pass(LOOK_INTERVAL_MS + SPREAD_MS)
    expect(onReturned).toHaveBeenCalledOnce()
    for (const end of lost) end(false)
    await pass(3 * LOOK_INTERVAL_MS)
    expect(onReturned).toHaveBeenCalledOnce()
  })

  it.each(['unavailable', 'rate-limited'] as const)('leaves an API that answers %s to the long waits', async (code) => {
    const { watch, looks, pass } = setUp()
    watch.observe({ problem: { code }, isInUse: true })
    await pass(10 * LOOK_INTERVAL_MS)
    expect(looks()).toBe(0)
  })

  it('tells when the system says that it is online again, also before anything was missed', async () => {
    const { watch, network, onReturned, pass } = setUp()
    watch.observe({ problem: null, isInUse: true })
    network.isOnline = false
    await pass(LOOK_INTERVAL_MS)
    expect(onReturned).not.toHaveBeenCalled()
    network.isOnline = true
    await pass(5 * LOOK_INTERVAL_MS)
    expect(onReturned).toHaveBeenCalledOnce()
  })

  it('tries at once when the person comes, if there is trouble', () => {
    const { watch, onReturned } = setUp()
    watch.personCame()
    expect(onReturned).not.toHaveBeenCalled()
    watch.observe({ problem: { code: 'unavailable' }, isInUse: false })
    watch.personCame()
    expect(onReturned).toHaveBeenCalledOnce()
  })

  it('has a slow API asked anew once in half a minute at the most, and looks seldom when it is there', async () => {
    const { watch, network, onReturned, looks, pass } = setUp()
    network.isThere = () => Promise.resolve(true)
    for (let second = 0; second < 25; second += 5) {
      watch.observe(unreachable)
      await pass(4 * LOOK_INTERVAL_MS)
      watch.observe(fine)
      await pass(LOOK_INTERVAL_MS)
    }
    expect(onReturned).toHaveBeenCalledOnce()
    const before = looks()
    watch.observe(unreachable)
    await pass(60 * LOOK_INTERVAL_MS)
    expect(looks() - before).toBeLessThan(10)
  })

  it('does not look while the system says that there is no network, and seldom after a quarter of an hour', async () => {
    const { watch, network, looks, pass } = setUp()
    network.isOnline = false
    watch.observe(unreachable)
    await pass(60 * LOOK_INTERVAL_MS)
    expect(looks()).toBe(0)
    network.isOnline = true
    await pass(1_000 * LOOK_INTERVAL_MS)
    const before = looks()
    await pass(100 * LOOK_INTERVAL_MS)
    expect(looks() - before).toBe(10)
  })

  it('looks no more once it is closed, whatever is told afterwards', async () => {
    const { watch, looks, pass } = setUp()
    watch.observe(unreachable)
    watch.close()
    watch.observe(unreachable)
    await pass(10 * LOOK_INTERVAL_MS)
    expect(looks()).toBe(0)
  })
})
