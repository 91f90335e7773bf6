import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareKeys } from '../../../../../server/worker/inventory/key-order-rules.ts'

const anyKey = fc.string({ unit: 'binary', maxLength: 12 })

test('B3: keys compare as their UTF-8 bytes do', () => {
  fc.assert(
    fc.property(anyKey, anyKey, (a, b) => {
      expect(Math.sign(compareKeys(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))))
    }),
  )
})

test('B3: a character beyond U+FFFF comes after one before it, unlike in UTF-16', () => {
  expect(compareKeys('\u{1F600}', '\uFF5E')).toBeGreaterThan(0)
})
