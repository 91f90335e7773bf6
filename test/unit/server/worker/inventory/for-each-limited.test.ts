import { expect, test } from 'vitest'
import { forEachLimited } from '../../../../../server/worker/inventory/for-each-limited.ts'

async function* numbers(count: number): AsyncGenerator<number> {
  for (let index = 0; index < count; index += 1) yield index
}

test('visits everything, with no more under way than the limit', async () => {
  const seen: number[] = []
  let [underWay, most] = [0, 0]
  await forEachLimited(numbers(50), 4, async (item) => {
    underWay += 1
    most = Math.max(most, underWay)
    await new Promise(setImmediate)
    underWay -= 1
    seen.push(item)
  })
  expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_item, index) => index))
  expect(most).toBe(4)
})

test('a visit that fails ends it, after those under way', async () => {
  let visits = 0
  let ended = 0
  const visiting = forEachLimited(numbers(1_000), 4, async (item) => {
    visits += 1
    await new Promise(setImmediate)
    ended += 1
    if (item === 2) throw new Error('refused')
  })
  await expect(visiting).rejects.toThrow('refused')
  expect(visits).toBeLessThan(20)
  expect(ended).toBe(visits)
})
