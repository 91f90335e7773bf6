/** Bytes in binary units, used for caps and chunk sizes. */
export const KIB = 1024
export const MIB = 1024 * KIB
export const GIB = 1024 * MIB

/** S11: a job's default bandwidth cap in bytes per second of payload (1 TiB in about 1.5 h). */
export const DEFAULT_CAP_BYTES_PER_SECOND = 200 * MIB

/** Limits that S3 itself sets. */
export const MAX_KEY_BYTES = 1024

/** Length of a text in UTF-8 bytes, which is how S3 counts keys. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0
    bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4
  }
  return bytes
}
