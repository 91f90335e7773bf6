import type { AppProblem } from '#shared/ipc/problems.ts'
import type { Result } from '#shared/domain/result.ts'
import type { Secret } from '#shared/domain/secret.ts'

/** Where one item is kept. Both parts are visible in the system's keychain viewer. */
export interface KeychainItem {
  readonly service: string
  readonly account: string
}

export const KEYCHAIN_SERVICE = 'io.carolinacloud.migrate'

/** One key per API, so that a key for a test system never reaches the real one. */
export const apiKeyItem = (apiOrigin: string): KeychainItem => ({
  service: KEYCHAIN_SERVICE,
  account: `api-key@${apiOrigin}`,
})

/**
 * B7: one secret per access key and store, whatever the bucket, and apart for each account: two people who share a
 * computer do not share their sources. Of the parts only the last may hold any character but a space.
 */
export const sourceSecretItem = (
  apiOrigin: string,
  accountId: string,
  { endpoint, accessKeyId }: { readonly endpoint: string; readonly accessKeyId: string },
): KeychainItem => ({
  service: KEYCHAIN_SERVICE,
  account: `source-secret@${apiOrigin} ${accountId} ${endpoint} ${accessKeyId}`,
})

/**
 * The system's keychain. Every call answers within a time limit; problems carry one of the codes
 * `keychain-unavailable`, `keychain-locked`, `keychain-denied`, `keychain-timeout`.
 */
export interface Keychain {
  /** Null: nothing is stored there, and the keychain is open (a locked one is a problem, not null). */
  readonly read: (item: KeychainItem) => Promise<Result<Secret | null, AppProblem>>
  readonly store: (item: KeychainItem, secret: Secret) => Promise<Result<null, AppProblem>>
  /** Also ok when nothing was stored. */
  readonly remove: (item: KeychainItem) => Promise<Result<null, AppProblem>>
  /** True while a call has not come back, perhaps never will: it would keep the process from ending. */
  readonly isStuck: () => boolean
}

/** The three calls of keytar that we use. */
export interface KeychainBackend {
  readonly getPassword: (service: string, account: string) => Promise<string | null>
  readonly setPassword: (service: string, account: string, password: string) => Promise<void>
  readonly deletePassword: (service: string, account: string) => Promise<boolean>
}
