import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCopiedKeys } from '../../../../../server/worker/accounting/copied-keys.ts'

test('B3: whatever was copied is remembered, and nothing else', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: 'binary' }), { maxLength: 3_000, size: 'max' }), (keys) => {
      const copied = createCopiedKeys()
      const seen = keys.filter((_key, index) => index % 2 === 0)
      for (const key of [...seen, ...seen]) copied.add(key)
      expect(keys.map((key) => copied.has(key))).toEqual(keys.map((_key, index) => index % 2 === 0))
      expect(copied.size()).toBe(seen.length)
    }),
    { numRuns: 20 },
  )
})

test('B3: its memory has a limit, beyond which it forgets and does not fail', () => {
  const copied = createCopiedKeys(16)
  const keys = Array.from({ length: 100 }, (_key, index) => `k${String(index)}`)
  for (const key of keys) copied.add(key)
  expect(keys.filter((key) => copied.has(key))).toEqual(keys.slice(0, 12))
})
