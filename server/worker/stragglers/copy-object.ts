import { MIB } from '#shared/domain/units.ts'
import { copyInParts } from './copy-in-parts.ts'
import { copyWhole } from './copy-whole.ts'
import type { ObjectCopy } from './object-copy.ts'
import { DigestMismatchError } from './store-error.ts'
import { tryAgain } from './try-again.ts'

/** Above this an object goes in parts. */
export const MAX_WHOLE_BYTES = 64 * MIB

/**
 * Copies one object, byte for byte, with its type and metadata. Throws `StoreError` and its siblings, and
 * `AlreadyThereError` for what is not to be overwritten.
 */
export async function copyObject(copy: ObjectCopy): Promise<void> {
  if (copy.bytes > MAX_WHOLE_BYTES) {
    // Its parts are tried again one by one.
    await copyInParts(copy)
    return
  }
  let { existing } = copy
  const attempt = async (): Promise<void> => {
    try {
      await copyWhole({ ...copy, existing })
    } catch (error) {
      // What the destination holds now is our own, and damaged.
      if (error instanceof DigestMismatchError) existing = 'replace-different'
      throw error
    }
  }
  await tryAgain(attempt, copy.signal)
  copy.onBytes(copy.bytes)
}
