import { randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { createCredentialVault } from '../../../../server/directory/credential-vault.ts'

const newVault = () => createCredentialVault(Secret.of(randomBytes(32).toString('base64')))

describe('the credential vault', () => {
  test('opens what it sealed, whatever the text', () => {
    const vault = newVault()
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.uuid(), (text, rowId) => {
        const opened = vault.open(vault.seal(Secret.of(text), rowId), rowId)
        expect(opened.ok && opened.value.reveal()).toBe(text)
      }),
    )
  })

  test('two seals of one secret share nothing', () => {
    const vault = newVault()
    const rowId = randomUUID()
    expect(vault.seal(Secret.of('x'), rowId).equals(vault.seal(Secret.of('x'), rowId))).toBe(false)
  })

  test('another row’s ciphertext does not open', () => {
    const vault = newVault()
    expect(vault.open(vault.seal(Secret.of('x'), randomUUID()), randomUUID())).toEqual({
      ok: false,
      error: 'unreadable',
    })
  })

  test('another key does not open it', () => {
    const rowId = randomUUID()
    expect(newVault().open(newVault().seal(Secret.of('x'), rowId), rowId)).toEqual({ ok: false, error: 'unreadable' })
  })

  test('no single changed or missing byte goes unnoticed', () => {
    const vault = newVault()
    const rowId = randomUUID()
    const sealed = vault.seal(Secret.of('secret'), rowId)
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at]! ^= 1
      expect(vault.open(changed, rowId).ok).toBe(false)
      expect(vault.open(sealed.subarray(0, at), rowId).ok).toBe(false)
    }
  })
})
