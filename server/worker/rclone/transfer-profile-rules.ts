import { MIB } from '#shared/domain/units.ts'

/** How rclone spreads its work; chosen for the job, not for the machine. */
export interface TransferProfile {
  /** Objects in flight at once. */
  readonly transfers: number
  /** Folders listed and objects compared at once. */
  readonly checkers: number
  /** Read-ahead per object in flight. */
  readonly bufferBytes: number
  /** Upper bound of all buffers of multipart uploads together; uploads beyond it wait for a free buffer. */
  readonly maxBufferBytes: number
}

/** Measured in docs of the bench: the best for many small objects, and no worse than rclone's own for big ones. */
export const balancedProfile: TransferProfile = {
  transfers: 32,
  checkers: 32,
  bufferBytes: 0,
  maxBufferBytes: 128 * MIB,
}

/** Fewer requests at once, for a store that answers SlowDown or a worker that shares its machine. */
export const gentleProfile: TransferProfile = {
  transfers: 8,
  checkers: 8,
  bufferBytes: 0,
  maxBufferBytes: 64 * MIB,
}
