import type { Finding } from '#shared/ipc/source-check.ts'
import { goodFinding, noteFinding } from '../findings.ts'
import type { DescribedObject } from '../sampled-object.ts'
import type { SourceTally } from '../source-tally.ts'

const NAMED = 3

/** B2: what a sample of the objects carries that arrives as well. Null: none could be asked, or none carries anything. */
export function checkKeptMetadata(described: readonly DescribedObject[]): Finding | null {
  const told = described.flatMap(({ description }) => (description.ok ? [description.value] : []))
  const headers = new Set(told.flatMap((description) => description.headers))
  const own = new Set(told.flatMap((description) => description.ownMetadata))
  if (headers.size + own.size === 0) return null
  return goodFinding('metadata-kept', {
    sampled: told.length,
    headers: [...headers].join(', '),
    ownMetadata: [...own].slice(0, NAMED).join(', '),
  })
}

/**
 * B2: tags are not carried over. Said only where tags were seen: a key that may not read them (the least that a source
 * key needs does not include it), or a store without tags, is no finding.
 */
export function checkLostTags(described: readonly DescribedObject[]): Finding | null {
  const told = described.flatMap(({ object, tagNames }) => (tagNames.ok ? [{ object, names: tagNames.value }] : []))
  const tagged = told.filter(({ names }) => names.length > 0)
  const [first] = tagged
  if (first === undefined) return null
  return noteFinding('tags-lost', {
    objects: tagged.length,
    sampled: told.length,
    key: first.object.key,
    tags: first.names.slice(0, NAMED).join(', '),
  })
}

/** B2: what is copied lands in the destination's standard class. */
export function checkLostStorageClass({ classes }: SourceTally, isComplete: boolean): Finding | null {
  if (classes.size === 0) return null
  const byCount = [...classes].toSorted(([, a], [, b]) => b - a)
  return noteFinding('storage-class-lost', {
    objects: byCount.reduce((sum, [, count]) => sum + count, 0),
    more: !isComplete,
    classes: byCount.slice(0, NAMED).map(([name]) => name).join(', '),
  })
}
