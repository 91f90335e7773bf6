import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import { createShownProgress } from '../../../../../server/worker/progress/shown-progress.ts'

const amount = fc.record({ bytes: fc.nat(1_000), objects: fc.nat(100) })

test('S12: whatever rclone counts, the shown count never goes back and never passes the total', () => {
  fc.assert(
    fc.property(amount, amount, fc.array(amount), (totals, there, reports) => {
      const progress = createShownProgress(emptyProgress)
      progress.setTotals(totals)
      progress.setAlreadyThere(there)
      let previous = progress.current().progress
      for (const report of reports) {
        progress.setTransferred({ ...report, bytesPerSecond: 1 })
        const current = progress.current().progress
        expect(current.copiedBytes).toBeGreaterThanOrEqual(previous.copiedBytes)
        expect(current.copiedBytes).toBeLessThanOrEqual(totals.bytes)
        expect(current.copiedObjects).toBeLessThanOrEqual(totals.objects)
        previous = current
      }
    }),
  )
})

test('B4: objects that were there before count as copied', () => {
  const progress = createShownProgress(emptyProgress)
  progress.setTransferred({ bytes: 10, objects: 1, bytesPerSecond: 5 })
  expect(progress.current().progress).toEqual({
    ...emptyProgress,
    copiedBytes: 10,
    copiedObjects: 1,
    totalBytes: null,
    totalObjects: null,
    bytesPerSecond: 5,
  })
  progress.setAlreadyThere({ bytes: 40, objects: 4 })
  progress.setTotals({ bytes: 100, objects: 10 })
  expect(progress.current().progress).toMatchObject({ copiedBytes: 50, copiedObjects: 5, totalBytes: 100, totalObjects: 10 })
})

test('B8: what an earlier worker has reached stays shown until this one has passed it', () => {
  const progress = createShownProgress({
    ...emptyProgress,
    copiedBytes: 60,
    copiedObjects: 6,
    totalBytes: 100,
    totalObjects: 10,
    bytesPerSecond: 9,
  })
  expect(progress.current().progress).toEqual({
    ...emptyProgress,
    copiedBytes: 60,
    copiedObjects: 6,
    totalBytes: 100,
    totalObjects: 10,
    bytesPerSecond: null,
  })
  progress.setTransferred({ bytes: 70, objects: 3, bytesPerSecond: 1 })
  expect(progress.current().progress).toMatchObject({ copiedBytes: 70, copiedObjects: 6 })
})

test('S12: what an earlier copy of the job has transferred stays counted when rclone starts once more', () => {
  const progress = createShownProgress(emptyProgress)
  progress.setTotals({ bytes: 100, objects: 10 })
  progress.setTransferred({ bytes: 80, objects: 8, bytesPerSecond: 3 })
  progress.setVerified({ bytes: 80, objects: 8 })
  progress.beginAnotherCopy()
  progress.setTransferred({ bytes: 10, objects: 1, bytesPerSecond: 3 })
  expect(progress.current().progress).toMatchObject({ copiedBytes: 90, copiedObjects: 9 })
})

test('S12: what was there before, known late, is added to what earlier copies of the job have transferred', () => {
  const progress = createShownProgress(emptyProgress)
  progress.setTransferred({ bytes: 30, objects: 3, bytesPerSecond: 3 })
  progress.beginAnotherCopy()
  progress.setAlreadyThere({ bytes: 50, objects: 5 })
  progress.setTransferred({ bytes: 10, objects: 1, bytesPerSecond: 3 })
  expect(progress.current().progress).toMatchObject({ copiedBytes: 90, copiedObjects: 9 })
})

test('S12: sums stop where a number is no longer exact', () => {
  const progress = createShownProgress(emptyProgress)
  progress.setAlreadyThere({ bytes: Number.MAX_SAFE_INTEGER, objects: 1 })
  progress.setTransferred({ bytes: Number.MAX_SAFE_INTEGER, objects: 1, bytesPerSecond: 3 })
  progress.beginAnotherCopy()
  progress.setTransferred({ bytes: Number.MAX_SAFE_INTEGER, objects: 1, bytesPerSecond: 3 })
  expect(progress.current().progress).toMatchObject({ copiedBytes: Number.MAX_SAFE_INTEGER, copiedObjects: 3 })
  progress.setTotals({ bytes: 2e16, objects: 4 })
  progress.setVerified({ bytes: 2e16, objects: 4 })
  expect(progress.current().progress).toMatchObject({
    copiedBytes: Number.MAX_SAFE_INTEGER,
    totalBytes: Number.MAX_SAFE_INTEGER,
  })
})

test('B3: what the verification found replaces every count', () => {
  const progress = createShownProgress(emptyProgress)
  progress.setAlreadyThere({ bytes: 5, objects: 5 })
  progress.setTransferred({ bytes: 90, objects: 9, bytesPerSecond: 3 })
  progress.current()
  progress.setTotals({ bytes: 100, objects: 10 })
  progress.setVerified({ bytes: 80, objects: 8 })
  expect(progress.current().progress).toEqual({
    ...emptyProgress,
    copiedBytes: 80,
    copiedObjects: 8,
    totalBytes: 100,
    totalObjects: 10,
    bytesPerSecond: null,
  })
})

test('S16: a copy that ended early is told by the objects that made it whole', () => {
  const progress = createShownProgress(emptyProgress)
  progress.setTotals({ bytes: 100, objects: 10 })
  progress.setAlreadyThere({ bytes: 10, objects: 1 })
  progress.setTransferred({ bytes: 60, objects: 3, bytesPerSecond: 5 })
  expect(progress.current().progress.copiedBytes).toBe(70)
  progress.setStopped({ bytes: 25, objects: 3 })
  expect(progress.current().progress).toMatchObject({ copiedBytes: 35, copiedObjects: 4, bytesPerSecond: null })
})

/** A progress with a clock of its own, and what it tells after so many seconds. */
function createScene(totals = { bytes: 10_000, objects: 100 }) {
  let nowMs = 5_000
  const progress = createShownProgress(emptyProgress, () => nowMs)
  progress.setTotals(totals)
  let moved = { bytes: 0, objects: 0 }
  progress.setTransferred({ ...moved, bytesPerSecond: 0 })
  const pass = (seconds: number, act: () => void = () => undefined): void => {
    for (let second = 0; second < seconds; second += 1) {
      nowMs += 1_000
      act()
      progress.current()
    }
  }
  return {
    progress,
    pass,
    copy: (seconds: number, bytes = 100, objects = 1) =>
      pass(seconds, () => {
        moved = { bytes: moved.bytes + bytes, objects: moved.objects + objects }
        progress.setTransferred({ ...moved, bytesPerSecond: bytes })
      }),
  }
}

describe('the course of the copy', () => {
  test('B5: the remaining time and the history come from what rclone and the worker move', () => {
    const { progress, copy, pass } = createScene()
    copy(20)
    expect(progress.current()).toMatchObject({
      progress: { remainingSeconds: 80, remainingNote: null },
      throughput: { secondsPerSample: 1, bytesPerSecond: Array<number>(20).fill(100) },
    })
    pass(5, () => progress.addByWorker({ bytes: 200, objects: 2 }))
    expect(progress.current().throughput?.bytesPerSecond.slice(-5)).toEqual(Array(5).fill(200))
    expect(progress.current().progress).toMatchObject({ copiedBytes: 3_000, copiedObjects: 30, bytesPerSecond: 200 })
  })

  test('S12: what the worker takes back was never an object; the count shown does not go back', () => {
    const { progress, pass } = createScene()
    pass(1, () => progress.addByWorker({ bytes: 500, objects: 0 }))
    pass(1, () => progress.addByWorker({ bytes: -500, objects: 0 }))
    expect(progress.current().progress).toMatchObject({ copiedBytes: 500, copiedObjects: 0 })
    progress.addByWorker({ bytes: 600, objects: 1 })
    expect(progress.current().progress).toMatchObject({ copiedBytes: 600, copiedObjects: 1 })
    expect(progress.current().throughput?.bytesPerSecond.every((rate) => rate >= 0)).toBe(true)
  })

  test('B8: while it waits it says so instead of a time, and the wait is in the history', () => {
    const { progress, copy, pass } = createScene()
    copy(20)
    const waiting = { side: 'source', code: 'unreachable', nextTryAt: '2026-11-22T12:00:00.000Z' } as const
    progress.setWaiting(waiting)
    pass(30)
    expect(progress.current()).toMatchObject({
      progress: { remainingSeconds: null, remainingNote: 'waiting', bytesPerSecond: null },
      waiting,
    })
    progress.setWaiting(null)
    copy(2)
    const after = progress.current()
    expect(after).toMatchObject({ progress: { remainingSeconds: 78, remainingNote: 'waiting' }, waiting: null })
    expect(after.throughput?.bytesPerSecond.filter((rate) => rate === 0)).toHaveLength(30)
  })

  test('B3: a verification tells how far it is, and is no part of the copy’s course', () => {
    const { progress, copy, pass } = createScene()
    copy(20)
    progress.setComparing(0)
    pass(100, () => progress.setComparing(7))
    expect(progress.current()).toMatchObject({
      progress: { verifiedObjects: 7, remainingSeconds: null, remainingNote: null },
      throughput: { bytesPerSecond: Array<number>(20).fill(100) },
    })
    progress.setComparing(null)
    progress.setVerified({ bytes: 1_000, objects: 10 })
    progress.beginAnotherCopy()
    copy(5)
    expect(progress.current().progress).toMatchObject({ verifiedObjects: null, remainingNote: 'copying-again' })
    // The time up to the first report is not known.
    expect(progress.current().throughput?.bytesPerSecond).toHaveLength(24)
  })

  test('S17: archived objects are not waited for, and the bar does not say that they are across', () => {
    const { progress, copy } = createScene()
    progress.setOutOfReach({ bytes: 4_000, objects: 40 })
    copy(20)
    expect(progress.current().progress).toMatchObject({ remainingSeconds: 40, totalBytes: 10_000 })
    copy(40)
    expect(progress.current().progress.copiedBytes).toBe(6_000)
  })

  test('S12: the bar reaches the total exactly when all is across', () => {
    const { progress, copy } = createScene()
    progress.setAlreadyThere({ bytes: 5_000, objects: 50 })
    copy(50)
    const { copiedBytes, totalBytes, copiedObjects, totalObjects } = progress.current().progress
    expect([copiedBytes, copiedObjects]).toEqual([totalBytes, totalObjects])
  })
})
