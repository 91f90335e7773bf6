/** The most that S3 can assemble: 10,000 parts of 5 GiB. What a store lists beyond is not believed. */
export const MAX_OBJECT_BYTES = 10_000 * 5 * 1024 ** 3
/** Keys are up to 1,024 bytes. */
export const MAX_KEY_CHARACTERS = 1_024
export const MAX_CLASS_CHARACTERS = 64

/** A size as listed, made one that can be counted on. */
export function believableBytes(listed: number | undefined): number {
  if (listed === undefined || Number.isNaN(listed)) return 0
  return Math.trunc(Math.min(Math.max(listed, 0), MAX_OBJECT_BYTES))
}

/** A sum that stays a safe integer, whatever is listed. */
export function addBytes(sum: number, bytes: number): number {
  return Math.min(sum + bytes, Number.MAX_SAFE_INTEGER)
}
