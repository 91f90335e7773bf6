import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { Secret } from '#shared/domain/secret.ts'

/** Keeps the destination buckets' secrets encrypted at rest. */
export interface CredentialVault {
  /** `rowId` is the bucket's id: a ciphertext moved to another row does not open. */
  seal(secret: Secret, rowId: string): Buffer
  /** Fails when the key is another one, or the ciphertext was changed or belongs to another row. */
  open(sealed: Buffer, rowId: string): Result<Secret, 'unreadable'>
}

const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM; a sealed text is nonce, ciphertext and tag in one. `key`: 32 bytes in base64. */
export function createCredentialVault(key: Secret): CredentialVault {
  const keyBytes = Buffer.from(key.reveal(), 'base64')
  return {
    seal: (secret, rowId) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(ALGORITHM, keyBytes, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(rowId))
      return Buffer.concat([nonce, cipher.update(secret.reveal(), 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    open: (sealed, rowId) => {
      if (sealed.length < NONCE_BYTES + TAG_BYTES) return err('unreadable')
      const nonce = sealed.subarray(0, NONCE_BYTES)
      const tag = sealed.subarray(-TAG_BYTES)
      const decipher = createDecipheriv(ALGORITHM, keyBytes, nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(rowId)).setAuthTag(tag)
      try {
        const text = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
        return ok(Secret.of(text.toString('utf8')))
      } catch {
        return err('unreadable')
      }
    },
  }
}
