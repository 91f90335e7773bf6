import type { Finding } from '#shared/ipc/source-check.ts'
import { noteFinding, problemFinding } from '../findings.ts'
import type { ListedObject } from '../source-s3.ts'
import { isArchived } from './storage-class-rules.ts'

/**
 * E7, B2: names archived objects before anything is dispatched. `more`: the source goes on behind what was
 * listed. `isReadRefused`: one of them was tried and is not restored; the listing shows restored ones as archived
 * too. It is a problem only when nothing that was seen could be copied.
 */
export function checkArchivedObjects(
  objects: readonly ListedObject[],
  more: boolean,
  isReadRefused: boolean,
): Finding | null {
  const archived = objects.filter(isArchived)
  const [first] = archived
  if (first === undefined) return null
  const facts = {
    objects: archived.length,
    bytes: archived.reduce((sum, { bytes }) => sum + bytes, 0),
    more,
    key: first.key,
    storageClass: first.storageClass,
  }
  const isAll = archived.length === objects.length && !more
  return isAll && isReadRefused ? problemFinding('archived-object', facts) : noteFinding('archived-object', facts)
}
