import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sealedSecretSchema } from '#shared/contract/schemas.ts'
import { Secret } from '#shared/domain/secret.ts'
import { createSealingKeyPair } from '../../../../server/worker/sealing/sealing-key.ts'
import { sealSourceSecret } from '../../../../src/main/secrets/seal-source-secret.ts'
import { MIGRATION_ID, OTHER_ID } from '../fakes/views.ts'

const secret = Secret.of('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')

describe('B1: sealed source secret', () => {
  it('is opened by the worker that published the key, whatever the secret', async () => {
    const worker = await createSealingKeyPair()
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[!-~]{1,256}$/), async (text) => {
        const sealed = await sealSourceSecret(Secret.of(text), MIGRATION_ID, worker.published)
        expect(sealedSecretSchema.parse(sealed)).toEqual(sealed)
        const opened = await worker.open(MIGRATION_ID, sealed)
        expect(opened.ok && opened.value.reveal()).toBe(text)
      }),
      { numRuns: 20 },
    )
  })

  it('is opened by no other worker and for no other migration', async () => {
    const [worker, other] = await Promise.all([createSealingKeyPair(), createSealingKeyPair()])
    const sealed = await sealSourceSecret(secret, MIGRATION_ID, worker.published)
    expect((await other.open(MIGRATION_ID, sealed)).ok).toBe(false)
    expect((await worker.open(OTHER_ID, sealed)).ok).toBe(false)
  })

  it('holds no trace of the clear text and differs each time', async () => {
    const worker = await createSealingKeyPair()
    const first = await sealSourceSecret(secret, MIGRATION_ID, worker.published)
    const second = await sealSourceSecret(secret, MIGRATION_ID, worker.published)
    expect(first.ciphertext).not.toBe(second.ciphertext)
    expect(Buffer.from(first.ciphertext, 'base64url').includes(secret.reveal())).toBe(false)
  })

  it('refuses what is no public key', async () => {
    const key = { keyId: OTHER_ID, publicKey: 'A'.repeat(40) }
    await expect(sealSourceSecret(secret, MIGRATION_ID, key)).rejects.toThrow()
  })
})
