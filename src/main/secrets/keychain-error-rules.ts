import type { AppProblem } from '#shared/ipc/problems.ts'

type KeychainProblemCode = 'keychain-unavailable' | 'keychain-locked' | 'keychain-denied'

// The libraries below keytar give texts and no codes. Tried on Debian 12 (libsecret 0.20); the macOS and
// Windows texts are those of Security.framework and FormatMessage in their public documentation.
const patterns: readonly (readonly [RegExp, KeychainProblemCode])[] = [
  [/locked collection|is locked|interaction is not allowed/i, 'keychain-locked'],
  [/collection\/login|no such (secret )?collection/i, 'keychain-locked'],
  [/dismissed|denied|cancel+ed the operation|user name or passphrase/i, 'keychain-denied'],
  [/D-Bus|\.service files|no reply|disconnected|no keychain|ServiceUnknown/i, 'keychain-unavailable'],
]

/** Maps what a keychain library threw. Its text may quote names of items, so only a code goes on. */
export function toKeychainProblem(error: unknown): AppProblem {
  const text = error instanceof Error ? error.message : ''
  return { code: patterns.find(([pattern]) => pattern.test(text))?.[1] ?? 'keychain-unavailable' }
}
