import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyProgress, progressFraction, progressPercent } from '#shared/domain/progress-model.ts'

describe('progress (S12)', () => {
  it('is unknown until the sizing has ended', () => {
    expect(progressFraction({ ...emptyProgress, copiedBytes: 5_000 })).toBeNull()
    expect(progressPercent({ ...emptyProgress, copiedBytes: 5_000 })).toBeNull()
  })

  it('counts bytes, and objects when every object is empty', () => {
    const half = { ...emptyProgress, copiedBytes: 50, totalBytes: 100, totalObjects: 4, copiedObjects: 1 }
    expect(progressPercent(half)).toBe(50)
    const empties = { ...emptyProgress, totalBytes: 0, totalObjects: 4, copiedObjects: 1 }
    expect(progressPercent(empties)).toBe(25)
  })

  it('says 100 only when every byte and every object is there', () => {
    const allBytes = { ...emptyProgress, copiedBytes: 100, totalBytes: 100, copiedObjects: 3, totalObjects: 4 }
    expect(progressPercent(allBytes)).toBe(99)
    expect(progressPercent({ ...allBytes, copiedObjects: 4 })).toBe(100)
  })

  it('stays between 0 and 100 whatever a worker reports (property)', () => {
    const count = fc.nat(1_000_000)
    fc.assert(
      fc.property(count, count, fc.option(count), fc.option(count), (copiedBytes, copiedObjects, totalBytes, totalObjects) => {
        const percent = progressPercent({ ...emptyProgress, copiedBytes, copiedObjects, totalBytes, totalObjects })
        if (percent === null) return
        expect(percent).toBeGreaterThanOrEqual(0)
        expect(percent).toBeLessThanOrEqual(100)
        expect(Number.isInteger(percent)).toBe(true)
      }),
    )
  })
})
