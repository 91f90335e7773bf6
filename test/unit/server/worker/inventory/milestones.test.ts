import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareKeys } from '../../../../../server/worker/inventory/key-order-rules.ts'
import { createMilestones, type Milestones } from '../../../../../server/worker/inventory/milestones.ts'

const paths = Array.from({ length: 100 }, (_, index) => String(index).padStart(3, '0'))

function all(milestones: Milestones): readonly string[] {
  const found: string[] = []
  for (let path = milestones.after(null); path !== null; path = milestones.after(path)) found.push(path)
  return found
}
function record(milestones: Milestones, passed: readonly string[]): void {
  const pass = milestones.record()
  for (const path of passed) pass(path)
}

test('of each so many keys one is kept; a later listing adds only what lies behind', () => {
  const milestones = createMilestones(10)
  record(milestones, paths.slice(0, 35))
  expect(all(milestones)).toEqual(['009', '019', '029'])
  for (let listings = 0; listings < 3; listings += 1) record(milestones, paths.slice(0, 25))
  record(milestones, paths)
  expect(all(milestones)).toEqual(Array.from({ length: 10 }, (_, index) => `0${String(index)}9`))
  expect(milestones.after('010')).toBe('019')
})

test('of many listings of the same keys no more is kept than of one', () => {
  const milestones = createMilestones(10, 12)
  for (let listings = 0; listings < 5; listings += 1) record(milestones, paths)
  expect(all(milestones)).toHaveLength(10)
})

test('of many keys the memory stays small: they stand further apart', () => {
  const milestones = createMilestones(1, 8)
  record(milestones, paths)
  expect(all(milestones).length).toBeLessThan(8)
  expect(all(milestones).length).toBeGreaterThanOrEqual(3)
})

test('in whatever order a store lists, the next one always lies behind', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 40 }), fc.string({ unit: 'binary' }), (listed, path) => {
      const milestones = createMilestones(2)
      record(milestones, listed)
      const next = milestones.after(path)
      expect(next === null || compareKeys(next, path) > 0).toBe(true)
    }),
  )
})
