import { describe, expect, it } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { createGuardedKeychain } from '../../../../src/main/secrets/guarded-keychain.ts'
import { apiKeyItem, type KeychainBackend } from '../../../../src/main/secrets/keychain.ts'
import { createFakeKeychainBackend } from '../fakes/fake-keychain-backend.ts'

const item = apiKeyItem('https://api.example.com')

function keychainOver(backend: KeychainBackend) {
  return createGuardedKeychain({ backend, timeoutMs: 20 })
}

describe('guarded keychain', () => {
  it('stores, reads and removes, and leaves nothing of its probe behind', async () => {
    const backend = createFakeKeychainBackend()
    const keychain = keychainOver(backend)
    expect(await keychain.read(item)).toEqual({ ok: true, value: null })
    expect([...backend.items]).toEqual([])
    expect(backend.calls).toEqual(['get', 'set', 'delete', 'get'])
    await keychain.store(item, Secret.of('cck_1'))
    const found = await keychain.read(item)
    expect(found.ok && found.value?.reveal()).toBe('cck_1')
    expect([...backend.items.keys()]).toEqual(['io.carolinacloud.migrate/api-key@https://api.example.com'])
    await keychain.remove(item)
    expect([...backend.items]).toEqual([])
    expect(await keychain.remove(item)).toEqual({ ok: true, value: null })
  })

  it('tells a locked keyring from an empty one, though both answer null', async () => {
    const backend = createFakeKeychainBackend()
    backend.mode = 'locked'
    expect(await keychainOver(backend).read(item)).toEqual({ ok: false, error: { code: 'keychain-locked' } })
  })

  it('does not take a locked keyring for one that holds nothing to remove', async () => {
    const backend = createFakeKeychainBackend()
    const keychain = keychainOver(backend)
    await keychain.store(item, Secret.of('cck_1'))
    backend.mode = 'locked'
    expect(await keychain.remove(item)).toEqual({ ok: false, error: { code: 'keychain-locked' } })
    expect(backend.items.size).toBe(1)
  })

  it.each(['read', 'remove'] as const)('looks once more when a person unlocks it meanwhile (%s)', async (what) => {
    const backend = createFakeKeychainBackend()
    const keychain = keychainOver({
      ...backend,
      // The prompt that writing opens is answered.
      setPassword: (...args) => {
        backend.mode = 'open'
        return backend.setPassword(...args)
      },
    })
    await keychain.store(item, Secret.of('cck_1'))
    backend.mode = 'locked'
    const answer = await keychain[what](item)
    expect(answer.ok).toBe(true)
    if (what === 'read') expect(answer.ok && answer.value?.reveal()).toBe('cck_1')
    else expect([...backend.items]).toEqual([])
  })

  it('fails closed where there is no keychain', async () => {
    const backend = createFakeKeychainBackend()
    backend.mode = 'unavailable'
    const keychain = keychainOver(backend)
    const unavailable = { ok: false, error: { code: 'keychain-unavailable' } }
    expect(await keychain.store(item, Secret.of('cck_1'))).toEqual(unavailable)
    expect(await keychain.read(item)).toEqual(unavailable)
  })

  it('answers within its time limit when the system never does, and then calls it no more', async () => {
    const backend = createFakeKeychainBackend()
    backend.mode = 'hanging'
    const keychain = keychainOver(backend)
    expect(keychain.isStuck()).toBe(false)
    const timeout = { ok: false, error: { code: 'keychain-timeout' } }
    expect(await keychain.read(item)).toEqual(timeout)
    expect(keychain.isStuck()).toBe(true)
    expect(await keychain.store(item, Secret.of('cck_1'))).toEqual(timeout)
    expect(backend.calls).toEqual(['get'])
  })

  it('works again once a late call has come back', async () => {
    const backend = createFakeKeychainBackend()
    let unlock = (): void => undefined
    const slow: KeychainBackend = {
      ...backend,
      getPassword: () => new Promise((resolve) => (unlock = () => resolve(null))),
    }
    const keychain = keychainOver(slow)
    await keychain.read(item)
    unlock()
    await Promise.resolve().then(() => undefined)
    expect(keychain.isStuck()).toBe(false)
    expect(await keychain.store(item, Secret.of('cck_1'))).toEqual({ ok: true, value: null })
  })

  it('runs the calls of two askers one after the other', async () => {
    const backend = createFakeKeychainBackend()
    const keychain = keychainOver(backend)
    await Promise.all([keychain.store(item, Secret.of('cck_1')), keychain.remove(item)])
    expect([...backend.items]).toEqual([])
  })
})
