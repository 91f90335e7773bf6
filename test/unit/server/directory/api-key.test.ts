import { expect, test } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { createApiKey, hashApiKey, isApiKeyShaped } from '../../../../server/directory/api-key.ts'

test('keys hold 256 random bits, are never alike and have the shape that is looked up', () => {
  const keys = Array.from({ length: 100 }, () => createApiKey().reveal())
  expect(new Set(keys).size).toBe(100)
  for (const key of keys) {
    expect(isApiKeyShaped(key)).toBe(true)
    expect(Buffer.from(key.slice(3), 'base64url')).toHaveLength(32)
  }
})

test.each(['', 'cc_', 'cc_short', `cc_${'a'.repeat(44)}`, `xx_${'a'.repeat(43)}`, `cc_${'a'.repeat(42)}!`])(
  '%s is no key',
  (text) => {
    expect(isApiKeyShaped(text)).toBe(false)
  },
)

test('the hash is SHA-256 of the whole key', () => {
  expect(hashApiKey(Secret.of('cc_x')).toString('hex')).toBe(
    '9da25277c7c21a40d57a89497f0cf3bca6ef5567f8c25fbf41878b82b77d370c',
  )
})
