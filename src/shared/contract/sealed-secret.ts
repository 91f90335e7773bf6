/**
 * How the source secret is sealed (B1): HPKE base mode, RFC 9180, with DHKEM(X25519, HKDF-SHA256),
 * HKDF-SHA256 and AES-128-GCM. `info` fixes the purpose; the AAD binds a ciphertext to one migration
 * and one published key, so it cannot be replayed into another.
 */
export const SEALING_INFO = 'carolina-migrate source secret v1'

export function sealingAad(migrationId: string, keyId: string): string {
  return `${migrationId}/${keyId}`
}
