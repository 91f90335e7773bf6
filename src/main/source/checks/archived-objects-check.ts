import type { Finding } from '#shared/ipc/source-check.ts'
import { noteFinding, problemFinding } from '../findings.ts'
import { addBytes } from '../listed-limits.ts'
import { readVerdict, type TriedObject } from '../sampled-object.ts'
import type { SourceTally } from '../source-tally.ts'
import { isArchived } from './storage-class-rules.ts'

/**
 * The tally put right by what was tried: stores that do not tell of restored objects list them as archived, and some
 * classes hold archived objects that the listing does not show.
 */
export function settleArchived(tally: SourceTally, tries: readonly TriedObject[]): SourceTally {
  return tries.reduce<SourceTally>((settled, tried) => {
    const { object } = tried
    const verdict = readVerdict(tried)
    if (verdict === 'readable' && isArchived(object)) {
      const isFirst = settled.firstArchived?.key === object.key
      return { ...countArchived(settled, -1, -object.bytes), firstArchived: isFirst ? null : settled.firstArchived }
    }
    if (verdict !== 'archived' || isArchived(object)) return settled
    return { ...countArchived(settled, 1, object.bytes), firstArchived: settled.firstArchived ?? object }
  }, tally)
}

function countArchived(tally: SourceTally, objects: number, bytes: number): SourceTally {
  return {
    ...tally,
    archivedObjects: tally.archivedObjects + objects,
    archivedBytes: addBytes(tally.archivedBytes, bytes),
  }
}

/**
 * E7, B2: names archived objects before anything is dispatched. `tally` is settled. They are a problem only when the
 * whole source has been seen and nothing in it can be copied.
 */
export function checkArchivedObjects(tally: SourceTally, isComplete: boolean): Finding | null {
  const { objects, archivedObjects, archivedBytes, firstArchived } = tally
  if (archivedObjects === 0) return null
  const facts = {
    objects: archivedObjects,
    bytes: archivedBytes,
    more: !isComplete,
    ...(firstArchived === null ? {} : { key: firstArchived.key, storageClass: firstArchived.storageClass }),
  }
  const isAll = isComplete && archivedObjects === objects
  return isAll ? problemFinding('archived-object', facts) : noteFinding('archived-object', facts)
}
