import type { ExistingPolicy } from '#shared/domain/object-outcome.ts'
import type { SideEnds } from '../inventory/side-listings.ts'
import type { ByteRate } from './byte-rate.ts'

/** One object on its way. */
export interface ObjectCopy {
  readonly ends: SideEnds
  /** Of both ends together. */
  readonly signal: AbortSignal
  readonly rate: ByteRate
  readonly sourceKey: string
  readonly destinationKey: string
  /** As listed. */
  readonly bytes: number
  /** The source's ETags are no MD5 even where they look like one. */
  readonly isEtagOpaque: boolean
  readonly existing: ExistingPolicy
  /** So many bytes of it are at the destination for good, once the object is. */
  readonly onBytes: (bytes: number) => void
}
