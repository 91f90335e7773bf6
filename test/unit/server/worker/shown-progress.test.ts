import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import { createShownProgress } from '../../../../server/worker/shown-progress.ts'

const amount = fc.record({ bytes: fc.nat(1_000), objects: fc.nat(100) })

test('S12: whatever rclone counts, the shown count never goes back and never passes the total', () => {
  fc.assert(
    fc.property(amount, amount, fc.array(amount), (totals, there, reports) => {
      const progress = createShownProgress(emptyProgress)
      progress.setTotals(totals)
      progress.setAlreadyThere(there)
      let previous = progress.current()
      for (const report of reports) {
        progress.setTransferred({ ...report, bytesPerSecond: 1 })
        const current = progress.current()
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
  expect(progress.current()).toEqual({
    copiedBytes: 10,
    copiedObjects: 1,
    totalBytes: null,
    totalObjects: null,
    bytesPerSecond: 5,
  })
  progress.setAlreadyThere({ bytes: 40, objects: 4 })
  progress.setTotals({ bytes: 100, objects: 10 })
  expect(progress.current()).toMatchObject({ copiedBytes: 50, copiedObjects: 5, totalBytes: 100, totalObjects: 10 })
})

test('B8: what an earlier worker has reached stays shown until this one has passed it', () => {
  const progress = createShownProgress({
    copiedBytes: 60,
    copiedObjects: 6,
    totalBytes: 100,
    totalObjects: 10,
    bytesPerSecond: 9,
  })
  expect(progress.current()).toEqual({
    copiedBytes: 60,
    copiedObjects: 6,
    totalBytes: 100,
    totalObjects: 10,
    bytesPerSecond: null,
  })
  progress.setTransferred({ bytes: 70, objects: 3, bytesPerSecond: 1 })
  expect(progress.current()).toMatchObject({ copiedBytes: 70, copiedObjects: 6 })
})

test('S12: what an earlier copy of the job has transferred stays counted when rclone starts once more', () => {
  const progress = createShownProgress(emptyProgress)
  progress.setTotals({ bytes: 100, objects: 10 })
  progress.setTransferred({ bytes: 80, objects: 8, bytesPerSecond: 3 })
  progress.setVerified({ bytes: 80, objects: 8 })
  progress.beginAnotherCopy()
  progress.setTransferred({ bytes: 10, objects: 1, bytesPerSecond: 3 })
  expect(progress.current()).toMatchObject({ copiedBytes: 90, copiedObjects: 9 })
})

test('B3: what the verification found replaces every count', () => {
  const progress = createShownProgress(emptyProgress)
  progress.setAlreadyThere({ bytes: 5, objects: 5 })
  progress.setTransferred({ bytes: 90, objects: 9, bytesPerSecond: 3 })
  progress.current()
  progress.setTotals({ bytes: 100, objects: 10 })
  progress.setVerified({ bytes: 80, objects: 8 })
  expect(progress.current()).toEqual({
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
  expect(progress.current().copiedBytes).toBe(70)
  progress.setStopped({ bytes: 25, objects: 3 })
  expect(progress.current()).toMatchObject({ copiedBytes: 35, copiedObjects: 4, bytesPerSecond: null })
})
