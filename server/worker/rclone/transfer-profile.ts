import { MIB } from '#shared/domain/units.ts'

/**
 * How rclone spreads its work: the best measured for many small objects, and no worse than rclone's own settings for
 * big ones (docs/adr/0007).
 */
export const transferProfile = {
  /** Objects in flight at once. */
  transfers: 32,
  /** Folders listed and objects compared at once. */
  checkers: 32,
  /** Read-ahead per object in flight. */
  bufferBytes: 0,
  /** Upper bound of all buffers of multipart uploads together; uploads beyond it wait for a free buffer. */
  maxBufferBytes: 128 * MIB,
} as const
