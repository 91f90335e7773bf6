import { describe, expect, it } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { createGuardedKeychain } from '../../../../src/main/secrets/guarded-keychain.ts'
import { createRememberedSources } from '../../../../src/main/secrets/remembered-sources.ts'
import type { RememberedSource } from '../../../../src/main/settings/settings-schema.ts'
import { createFakeKeychainBackend } from '../fakes/fake-keychain-backend.ts'
import { MIGRATION_ID as ADA, OTHER_ID as BOB } from '../fakes/views.ts'

const source = { endpoint: 'https://s3.example.com', accessKeyId: 'AKIA1' }
const secret = Secret.of('s3cr3t')
const item = `io.carolinacloud.migrate/source-secret@https://api.example.com ${ADA} https://s3.example.com AKIA1`

function setUp() {
  const backend = createFakeKeychainBackend()
  const names = new Map<string, readonly RememberedSource[]>()
  const who = { accountId: ADA as string | null }
  const remembered = createRememberedSources({
    keychain: createGuardedKeychain({ backend, timeoutMs: 20 }),
    apiOrigin: 'https://api.example.com',
    accountId: () => who.accountId,
    rememberedSources: (accountId) => names.get(accountId) ?? [],
    setRememberedSources: (accountId, sources) => void names.set(accountId, sources),
  })
  return { backend, names, who, remembered }
}

describe('remembered source secrets (B7)', () => {
  it('keeps the secret in the keychain and only its name elsewhere', async () => {
    const { backend, names, remembered } = setUp()
    expect(await remembered.remember({ ...source, ...{ bucket: 'photos' } }, secret)).toEqual({ ok: true, value: null })
    expect([...backend.items]).toEqual([[item, 's3cr3t']])
    expect(remembered.list()).toEqual([source])
    expect(JSON.stringify([...names])).not.toContain('s3cr3t')
    const found = await remembered.secretFor(source)
    expect(found.ok && found.value?.reveal()).toBe('s3cr3t')
  })

  it('replaces the secret of the same source', async () => {
    const { backend, remembered } = setUp()
    await remembered.remember(source, secret)
    await remembered.remember(source, Secret.of('newer'))
    expect(remembered.list()).toHaveLength(1)
    expect(backend.items.get(item)).toBe('newer')
  })

  it('forgets one and keeps the others', async () => {
    const { backend, remembered } = setUp()
    const other = { ...source, accessKeyId: 'AKIA2' }
    await remembered.remember(source, secret)
    await remembered.remember(other, secret)
    expect(await remembered.forget(source)).toEqual({ ok: true, value: null })
    expect(remembered.list()).toEqual([other])
    expect(backend.items.has(item)).toBe(false)
    expect(await remembered.secretFor(source)).toEqual({ ok: true, value: null })
  })

  it('is apart for each account, and nobody’s after sign-out', async () => {
    const { who, remembered, backend } = setUp()
    await remembered.remember(source, secret)
    for (const accountId of [BOB, null]) {
      who.accountId = accountId
      expect(remembered.list()).toEqual([])
      expect(await remembered.secretFor(source)).toEqual({ ok: true, value: null })
      await remembered.forget(source)
    }
    expect(await remembered.remember(source, secret)).toEqual({ ok: false, error: { code: 'signed-out' } })
    expect([...backend.items.keys()]).toEqual([item])
    who.accountId = ADA
    expect(remembered.list()).toEqual([source])
  })

  it('never asks the keychain about what is not remembered: it might ask to be unlocked', async () => {
    const { backend, remembered } = setUp()
    await remembered.secretFor(source)
    await remembered.forget(source)
    remembered.list()
    expect(backend.calls).toEqual([])
  })

  it('names nothing that a locked keychain refused', async () => {
    const { backend, remembered } = setUp()
    backend.mode = 'locked'
    expect(await remembered.remember(source, secret)).toEqual({ ok: false, error: { code: 'keychain-locked' } })
    expect(remembered.list()).toEqual([])
  })

  it('still names what was there before, or may yet arrive', async () => {
    const { backend, remembered } = setUp()
    await remembered.remember(source, secret)
    backend.mode = 'locked'
    await remembered.remember(source, Secret.of('newer'))
    expect(await remembered.forget(source)).toEqual({ ok: false, error: { code: 'keychain-locked' } })
    expect(remembered.list()).toEqual([source])
    const late = setUp()
    late.backend.mode = 'hanging'
    expect(await late.remembered.remember(source, secret)).toEqual({ ok: false, error: { code: 'keychain-timeout' } })
    expect(late.remembered.list()).toEqual([source])
  })
})
