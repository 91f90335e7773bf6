import type { KeychainBackend } from './keychain.ts'

/**
 * The native keychain library, loaded at the first call: where it cannot be loaded at all (no libsecret),
 * the app still starts and says so.
 */
export function createKeytarBackend(): KeychainBackend {
  const load = async (): Promise<KeychainBackend> => (await import('keytar')).default
  return {
    getPassword: async (service, account) => (await load()).getPassword(service, account),
    setPassword: async (service, account, password) => (await load()).setPassword(service, account, password),
    deletePassword: async (service, account) => (await load()).deletePassword(service, account),
  }
}
