import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mapInOrder } from '../../../../../server/worker/accounting/map-in-order.ts'

async function* items<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values
}

describe('mapping in order', () => {
  test('B3: the order stays, whichever answers come first, and no more than the limit are asked at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.nat(5), { nil: null }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 8 }),
        async (turns, limit) => {
          let open = 0
          let most = 0
          const answer = async (index: number, wait: number): Promise<number> => {
            most = Math.max(most, (open += 1))
            for (let turn = 0; turn < wait; turn += 1) await Promise.resolve()
            open -= 1
            return index
          }
          const mapped = mapInOrder(items([...turns.entries()]), limit, ([index, wait]) =>
            wait === null ? index : answer(index, wait),
          )
          const results: number[] = []
          for await (const result of mapped) results.push(result)
          expect(results).toEqual([...turns.keys()])
          expect(most).toBeLessThanOrEqual(limit)
        },
      ),
    )
  })

  test('the first error in order is thrown, after the results before it', async () => {
    const seen: number[] = []
    const walk = async (): Promise<void> => {
      const mapped = mapInOrder(items([1, 2, 3]), 3, async (item) => {
        if (item > 1) throw new Error(`bad ${String(item)}`)
        await Promise.resolve()
        return item
      })
      for await (const item of mapped) seen.push(item)
    }
    await expect(walk()).rejects.toThrow('bad 2')
    expect(seen).toEqual([1])
  })

  test('who stops early waits for what is under way', async () => {
    let ended = 0
    const mapped = mapInOrder(items([1, 2, 3, 4]), 2, async (item) => {
      if (item > 1) await new Promise(setImmediate)
      ended += 1
      return item
    })
    for await (const item of mapped) if (item === 1) break
    expect(ended).toBe(2)
  })
})
