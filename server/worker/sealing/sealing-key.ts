import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { randomUUID, type webcrypto } from 'node:crypto'
import type { SealedSecret, SealingKey } from '#shared/contract/schemas.ts'
import { SEALING_INFO, sealingAad } from '#shared/contract/sealed-secret.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { Secret } from '#shared/domain/secret.ts'
import { checkSecretAccessKey } from '#shared/domain/source-field-rules.ts'

/** A one-time key pair. The private half is in the closure of `open` only, so dropping this object drops it. */
export interface SealingKeyPair {
  /** What is published on the row. */
  readonly published: SealingKey
  /**
   * Opens the sealed source secret of one migration. `unreadable` when it was sealed to another key or for
   * another migration, was changed on the way, or holds no possible secret.
   */
  readonly open: (migrationId: string, sealed: SealedSecret) => Promise<Result<Secret, 'unreadable'>>
}

/** B1: HPKE base mode as fixed in `#shared/contract/sealed-secret.ts`. */
export async function createSealingKeyPair(): Promise<SealingKeyPair> {
  const suite = new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes128Gcm(),
  })
  const pair = (await suite.kem.generateKeyPair()) as webcrypto.CryptoKeyPair
  const keyId = randomUUID()
  const publicKey = Buffer.from(await suite.kem.serializePublicKey(pair.publicKey)).toString('base64url')
  return {
    published: { keyId, publicKey },
    async open(migrationId, sealed) {
      const text = await suite
        .open(
          { recipientKey: pair.privateKey, enc: toBytes(sealed.encapsulatedKey), info: encodeText(SEALING_INFO) },
          toBytes(sealed.ciphertext),
          encodeText(sealingAad(migrationId, keyId)),
        )
        .then((clear) => new TextDecoder().decode(clear))
        // The library's reasons (a bad tag, a bad point) say nothing that helps; the next step is the same.
        .catch(() => null)
      const checked = text === null ? null : checkSecretAccessKey(text)
      return checked?.ok === true ? ok(Secret.of(checked.value)) : err('unreadable')
    },
  }
}

const toBytes = (text: string): ArrayBuffer => Uint8Array.from(Buffer.from(text, 'base64url')).buffer
const encodeText = (text: string): ArrayBuffer => Uint8Array.from(Buffer.from(text, 'utf8')).buffer
