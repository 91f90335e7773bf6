import type { KeychainBackend } from '../../../../src/main/secrets/keychain.ts'

/** keytar's calls over a map, with the ways in which real keyrings fail. */
export interface FakeKeychainBackend extends KeychainBackend {
  setPassword: KeychainBackend['setPassword']
  readonly items: Map<string, string>
  readonly calls: string[]
  /** `locked`, as libsecret does: nothing is found, to read or to remove, and writing is refused. `hanging`: nothing ever comes back. */
  mode: 'open' | 'locked' | 'hanging' | 'unavailable' | 'denied'
}

export function createFakeKeychainBackend(): FakeKeychainBackend {
  const items = new Map<string, string>()
  const calls: string[] = []
  const answer = async <T>(call: string, whenOpen: () => T, whenLocked: () => T): Promise<T> => {
    calls.push(call)
    switch (backend.mode) {
      case 'open':
        return whenOpen()
      case 'locked':
        return whenLocked()
      case 'hanging':
        return await new Promise<T>(() => undefined)
      case 'unavailable':
        throw new Error('The name org.freedesktop.secrets was not provided by any .service files')
      case 'denied':
        throw new Error('Access denied')
    }
  }
  const refuse = (): never => {
    throw new Error('Cannot create an item in a locked collection')
  }
  const backend: FakeKeychainBackend = {
    items,
    calls,
    mode: 'open',
    getPassword: (service, account) => answer('get', () => items.get(`${service}/${account}`) ?? null, () => null),
    setPassword: (service, account, password) =>
      answer('set', () => void items.set(`${service}/${account}`, password), refuse),
    deletePassword: (service, account) => answer('delete', () => items.delete(`${service}/${account}`), () => false),
  }
  return backend
}
