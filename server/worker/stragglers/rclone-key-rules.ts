import { MAX_KEY_BYTES, MIB, utf8Length } from '#shared/domain/units.ts'
import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import { transferProfile } from '../rclone/transfer-profile.ts'

/** S3's limit for one upload, and rclone's own for an upload's parts in flight. */
const MAX_PARTS = 10_000
const RCLONE_PARTS_IN_FLIGHT = 4

/**
 * An object above this (312.5 GiB) is cut by rclone into parts of which the buffers hold fewer than it sends at once,
 * and above 1,250 GiB into parts that they do not hold at all: then rclone waits for memory for ever.
 */
export const MAX_RCLONE_OBJECT_BYTES =
  MAX_PARTS * MIB * Math.floor(transferProfile.maxBufferBytes / RCLONE_PARTS_IN_FLIGHT / MIB)

export interface CarriedObject {
  /** Whole keys of their buckets. */
  readonly sourceKey: string
  readonly destinationKey: string
  readonly bytes: number
}

/** Whether rclone passes an object over, or would carry it to another key: then the worker copies it itself. */
export function isBeyondRclone({ sourceKey, destinationKey, bytes }: CarriedObject): boolean {
  return (
    isOddKey(sourceKey) ||
    isOddKey(destinationKey) ||
    utf8Length(destinationKey) > MAX_KEY_BYTES ||
    bytes > MAX_RCLONE_OBJECT_BYTES
  )
}

/**
 * Whether rclone is not to be started at all: it would write everything to other keys (`to//`, `./to/`) or find
 * nothing (`./from/`). One object is to be asked about with `isBeyondRclone`: rclone heeds no filter for it.
 */
export function isFolderBeyondRclone(
  target: Exclude<SourceTarget, { readonly kind: 'object' }>,
  destinationPrefix: string,
): boolean {
  const sourceFolder = target.kind === 'folder' ? target.prefix : ''
  return [sourceFolder, destinationPrefix].some((folder) => isOddKey(`${folder}name`))
}

/**
 * As seen with rclone 1.75.2 (docs/adr): empty, `.` and `..` segments, markers; names that rclone's own
 * spelling of those turns into one and the same (`．`, `‛`, and what it writes for NUL and control characters);
 * folders whose name XML cannot hold, which some stores then send as it is in their answers.
 */
function isOddKey(key: string): boolean {
  return (
    /^\/|\/\/|\/$|(?:^|\/)(?:\.\.?|．．?)(?:\/|$)/.test(key) ||
    /[\0‛\u2400-\u241f\u2421]/.test(key) ||
    /[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff][^/]*\//.test(key)
  )
}
