import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRemainingTime, type RemainingTold } from '../../../../../server/worker/progress/remaining-time-model.ts'

const MIB = 1024 * 1024

/** A copy by the second, as it is told: `rate` gives what moves in each. */
function createScene(total: { bytes: number; objects: number }) {
  const model = createRemainingTime()
  const left = { ...total }
  let now = 1_000
  const told: RemainingTold[] = []
  return {
    model,
    left,
    told,
    last: (): RemainingTold => told.at(-1) ?? { seconds: null, note: null },
    copy(seconds: number, moved: { bytes: number; objects: number }) {
      for (let second = 0; second < seconds; second += 1) {
        now += 1
        const step = { bytes: Math.min(moved.bytes, left.bytes), objects: Math.min(moved.objects, left.objects) }
        left.bytes -= step.bytes
        left.objects -= step.objects
        model.measure(1, step)
        told.push(model.tell(now, left))
      }
    },
    wait(seconds: number) {
      for (let second = 0; second < seconds; second += 1) told.push(model.tell((now += 1), null))
      model.explain('waiting')
    },
  }
}

describe('the remaining time', () => {
  test('B5: nothing is said before ten seconds were measured, nor while the totals are unknown', () => {
    const scene = createScene({ bytes: 1_000 * MIB, objects: 100 })
    scene.copy(9, { bytes: MIB, objects: 0.1 })
    expect(scene.told.every(({ seconds }) => seconds === null)).toBe(true)
    scene.copy(1, { bytes: MIB, objects: 0.1 })
    expect(scene.last()).toEqual({ seconds: 990, note: null })
    expect(scene.model.tell(2_000, null)).toEqual({ seconds: null, note: null })
  })

  test('B5: a constant rate is told within 10 %, counting down to the end', () => {
    const amount = fc.record({ seconds: fc.integer({ min: 30, max: 2_000 }), bytes: fc.integer({ min: 1, max: 1e9 }), objects: fc.integer({ min: 1, max: 500 }) })
    fc.assert(
      fc.property(amount, ({ seconds, bytes, objects }) => {
        const scene = createScene({ bytes: bytes * seconds, objects: objects * seconds })
        for (let left = seconds - 1; left > 0; left -= 1) {
          scene.copy(1, { bytes, objects })
          const told = scene.last()
          if (seconds - left < 10) continue
          expect(Math.abs((told.seconds ?? Infinity) - left)).toBeLessThanOrEqual(Math.max(left * 0.1, 1))
          expect(told.note).toBeNull()
        }
      }),
      { numRuns: 30 },
    )
  })

  test('B5: by objects when they take longer than their bytes', () => {
    const scene = createScene({ bytes: 1_000_000, objects: 100_000 })
    scene.copy(20, { bytes: 100, objects: 100 })
    expect(scene.last().seconds).toBeGreaterThan(9_000)
    const heavy = createScene({ bytes: 1_000_000 * MIB, objects: 100_000 })
    heavy.copy(20, { bytes: 1_000 * MIB, objects: 100 })
    expect(heavy.last().seconds).toBe(980)
  })

  test('B5: one object that goes on for hours is told by its bytes', () => {
    const scene = createScene({ bytes: 100_000 * MIB, objects: 1 })
    scene.copy(50, { bytes: 100 * MIB, objects: 0 })
    expect(scene.last().seconds).toBe(950)
  })

  test('B5: it does not jump about with a rate that does', () => {
    const scene = createScene({ bytes: 100_000, objects: 0 })
    for (let index = 0; index < 100; index += 1) scene.copy(1, { bytes: index % 2 === 0 ? 80 : 120, objects: 0 })
    const told = scene.told.slice(40).map(({ seconds }) => seconds ?? 0)
    expect(told.slice(1).every((seconds, index) => seconds === (told[index] ?? 0) - 1)).toBe(true)
  })

  test('B5: an end that moves away says why, for half a minute', () => {
    const scene = createScene({ bytes: 100_000, objects: 0 })
    scene.copy(60, { bytes: 100, objects: 0 })
    expect(scene.last().seconds).toBe(940)
    scene.copy(120, { bytes: 50, objects: 0 })
    expect(scene.last().seconds).toBeGreaterThan(1_500)
    expect(scene.told.some(({ note }) => note === 'slower')).toBe(true)
    scene.copy(60, { bytes: 50, objects: 0 })
    expect(scene.last().note).toBeNull()
  })

  test.each(['total-grew', 'copying-again'] as const)('B5: what made it longer is told: %s', (reason) => {
    const scene = createScene({ bytes: 10_000, objects: 0 })
    scene.copy(60, { bytes: 100, objects: 0 })
    scene.left.bytes += 10_000
    scene.model.explain(reason)
    scene.copy(10, { bytes: 100, objects: 0 })
    expect(scene.last().note).toBe(reason)
    scene.copy(40, { bytes: 100, objects: 0 })
    expect(scene.last().note).toBeNull()
  })

  test('B5: a reason that moved nothing is not held against a later slowness', () => {
    const scene = createScene({ bytes: 100_000, objects: 0 })
    scene.copy(20, { bytes: 100, objects: 0 })
    scene.model.explain('total-grew')
    scene.copy(100, { bytes: 100, objects: 0 })
    scene.copy(60, { bytes: 30, objects: 0 })
    expect(new Set(scene.told.map(({ note }) => note))).toEqual(new Set([null, 'slower']))
  })

  test('B8: after a wait the same speed counts, and the wait is the reason', () => {
    const scene = createScene({ bytes: 10_000, objects: 0 })
    scene.copy(30, { bytes: 100, objects: 0 })
    scene.wait(120)
    expect(scene.last()).toEqual({ seconds: null, note: null })
    scene.model.explain('copying-again')
    scene.copy(1, { bytes: 100, objects: 0 })
    expect(scene.last()).toEqual({ seconds: 69, note: 'waiting' })
  })

  test('B5: whatever happens it is never negative, and never further away than before without a reason', () => {
    const event = fc.oneof(
      { weight: 8, arbitrary: fc.record({ kind: fc.constant('copy' as const), seconds: fc.integer({ min: 1, max: 40 }), bytes: fc.nat(2_000), objects: fc.nat(10) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 200 }) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('grow' as const), bytes: fc.nat(100_000) }) },
    )
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        const scene = createScene({ bytes: 100_000, objects: 500 })
        for (const happening of events) {
          if (happening.kind === 'copy') scene.copy(happening.seconds, happening)
          else if (happening.kind === 'wait') scene.wait(happening.seconds)
          else {
            scene.left.bytes += happening.bytes
            scene.model.explain('total-grew')
          }
        }
        let before: number | null = null
        for (const { seconds, note } of scene.told) {
          if (seconds === null) continue
          expect(seconds).toBeGreaterThanOrEqual(0)
          expect(Number.isInteger(seconds)).toBe(true)
          if (before !== null && note === null) expect(seconds).toBeLessThanOrEqual(before)
          before = seconds
        }
      }),
    )
  })
})
