import type { webcrypto } from 'node:crypto'
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { SEALING_INFO, sealingAad } from '#shared/contract/sealed-secret.ts'
import type { SealedSecret, SealingKey } from '#shared/contract/schemas.ts'
import type { Secret } from '#shared/domain/secret.ts'

/**
 * Seals the source secret to a worker's one-time key (B1): only that worker can open it, for this
 * migration only. Throws when the key is not an X25519 public key.
 */
export async function sealSourceSecret(secret: Secret, migrationId: string, key: SealingKey): Promise<SealedSecret> {
  const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() })
  // The library types it as the browser's global CryptoKey, which is not declared here.
  const recipientPublicKey = (await suite.kem.deserializePublicKey(fromBase64Url(key.publicKey))) as webcrypto.CryptoKey
  const sender = await suite.createSenderContext({ recipientPublicKey, info: toBytes(SEALING_INFO) })
  const ciphertext = await sender.seal(toBytes(secret.reveal()), toBytes(sealingAad(migrationId, key.keyId)))
  return { keyId: key.keyId, encapsulatedKey: toBase64Url(sender.enc), ciphertext: toBase64Url(ciphertext) }
}

// HPKE wants whole ArrayBuffers, and small Node Buffers are slices of a shared one.
const toBytes = (text: string): ArrayBuffer => new Uint8Array(Buffer.from(text, 'utf8')).buffer
const fromBase64Url = (text: string): ArrayBuffer => new Uint8Array(Buffer.from(text, 'base64url')).buffer
const toBase64Url = (bytes: ArrayBuffer): string => Buffer.from(bytes).toString('base64url')
