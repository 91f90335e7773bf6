import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Secret } from '#shared/domain/secret.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { RememberedSource } from '../settings/settings-schema.ts'
import { type Keychain, type KeychainItem, sourceSecretItem } from './keychain.ts'

export interface RememberedSourcesPorts {
  readonly keychain: Keychain
  readonly apiOrigin: string
  /** Whoever is signed in; null for nobody. */
  readonly accountId: () => string | null
  readonly rememberedSources: (accountId: string) => readonly RememberedSource[]
  readonly setRememberedSources: (accountId: string, sources: readonly RememberedSource[]) => void
}

/**
 * B7: source secrets in the person's own keychain. Their names are in the settings, because a keychain lists names
 * only together with every secret, and so that nobody who remembers nothing is ever asked to unlock anything.
 * They belong to the account: signing out leaves them, and nobody else who signs in here sees or uses them.
 */
export interface RememberedSources {
  /** Of the account that is signed in. */
  readonly list: () => readonly RememberedSource[]
  /** Null: none is remembered. Asks the keychain only where one should be. */
  readonly secretFor: (source: RememberedSource) => Promise<Result<Secret | null, AppProblem>>
  /** Replaces what was remembered for the same source. */
  readonly remember: (source: RememberedSource, secret: Secret) => Promise<Result<null, AppProblem>>
  /** On an error the keychain may still hold it, and it is still listed. */
  readonly forget: (source: RememberedSource) => Promise<Result<null, AppProblem>>
}

export function createRememberedSources(ports: RememberedSourcesPorts): RememberedSources {
  const { keychain, apiOrigin } = ports
  const namesOf = (accountId: string | null) => (accountId === null ? [] : ports.rememberedSources(accountId))
  const isNamed = (accountId: string, source: RememberedSource) => namesOf(accountId).some(sameAs(source))
  const addName = (accountId: string, { endpoint, accessKeyId }: RememberedSource): void => {
    ports.setRememberedSources(accountId, [...namesOf(accountId), { endpoint, accessKeyId }])
  }
  const removeName = (accountId: string, source: RememberedSource): void => {
    const isSame = sameAs(source)
    ports.setRememberedSources(accountId, namesOf(accountId).filter((name) => !isSame(name)))
  }
  const itemFor = (accountId: string, source: RememberedSource): KeychainItem =>
    sourceSecretItem(apiOrigin, accountId, source)

  return {
    list: () => namesOf(ports.accountId()),
    secretFor: async (source) => {
      const accountId = ports.accountId()
      if (accountId === null || !isNamed(accountId, source)) return ok(null)
      return await keychain.read(itemFor(accountId, source))
    },
    remember: async (source, secret) => {
      const accountId = ports.accountId()
      if (accountId === null) return err({ code: 'signed-out' })
      const isNew = !isNamed(accountId, source)
      // Named first: a name without a secret is harmless, a secret that nobody can find to forget is not.
      if (isNew) addName(accountId, source)
      const stored = await keychain.store(itemFor(accountId, source), secret)
      // One that has not answered in time may still take it.
      if (!stored.ok && isNew && stored.error.code !== 'keychain-timeout') removeName(accountId, source)
      return stored
    },
    forget: async (source) => {
      const accountId = ports.accountId()
      if (accountId === null) return err({ code: 'signed-out' })
      // Only what was remembered here: the window cannot have other items removed.
      if (!isNamed(accountId, source)) return ok(null)
      const removed = await keychain.remove(itemFor(accountId, source))
      if (removed.ok) removeName(accountId, source)
      return removed
    },
  }
}

const sameAs =
  ({ endpoint, accessKeyId }: RememberedSource) =>
  (other: RememberedSource): boolean =>
    other.endpoint === endpoint && other.accessKeyId === accessKeyId
