import { createHash, randomBytes } from 'node:crypto'
import { Secret } from '#shared/domain/secret.ts'

const PREFIX = 'cc_'
const RANDOM_BYTES = 32

export function createApiKey(): Secret {
  return Secret.of(PREFIX + randomBytes(RANDOM_BYTES).toString('base64url'))
}

/**
 * What the database holds and looks up. Looking up a hash leaks no timing about the key, and 256 random
 * bits need no slow hash.
 */
export function hashApiKey(key: Secret): Buffer {
  return createHash('sha256').update(key.reveal()).digest()
}

/** Whether a text can be a key at all; saves the look-up of anything else. */
export function isApiKeyShaped(text: string): boolean {
  return /^cc_[A-Za-z0-9_-]{43}$/.test(text)
}
