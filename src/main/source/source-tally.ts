import type { Survey } from '#shared/ipc/source-check.ts'
import { isArchived } from './checks/storage-class-rules.ts'
import { addBytes } from './listed-limits.ts'
import type { ListedObject } from './source-s3.ts'

const STANDARD = 'STANDARD'
/** Stores have a handful of classes; more than this is no store that means well. */
const MAX_CLASSES = 20

/** What the listing has shown so far, in constant memory. */
export interface SourceTally {
  readonly objects: number
  readonly bytes: number
  readonly archivedObjects: number
  readonly archivedBytes: number
  readonly firstArchived: ListedObject | null
  /** Objects by class, of those that can be copied and are not in the standard class. */
  readonly classes: ReadonlyMap<string, number>
  /** Of those that can be copied; with content, where there is one. */
  readonly first: ListedObject | null
  readonly largest: ListedObject | null
  readonly last: ListedObject | null
}

export const emptyTally: SourceTally = {
  objects: 0,
  bytes: 0,
  archivedObjects: 0,
  archivedBytes: 0,
  firstArchived: null,
  classes: new Map(),
  first: null,
  largest: null,
  last: null,
}

export function tallyObjects(tally: SourceTally, objects: readonly ListedObject[]): SourceTally {
  return objects.reduce(tallyObject, { ...tally, classes: new Map(tally.classes) })
}

// The map is this tally's own copy, made once a page.
function tallyObject(tally: SourceTally & { readonly classes: Map<string, number> }, object: ListedObject) {
  const counted = { ...tally, objects: tally.objects + 1, bytes: addBytes(tally.bytes, object.bytes) }
  if (isArchived(object)) {
    return {
      ...counted,
      archivedObjects: tally.archivedObjects + 1,
      archivedBytes: addBytes(tally.archivedBytes, object.bytes),
      firstArchived: tally.firstArchived ?? object,
    }
  }
  const { storageClass } = object
  const known = tally.classes.get(storageClass) ?? 0
  if (storageClass !== STANDARD && (known > 0 || tally.classes.size < MAX_CLASSES)) {
    tally.classes.set(storageClass, known + 1)
  }
  const hasContent = object.bytes > 0
  return {
    ...counted,
    first: tally.first === null || (tally.first.bytes === 0 && hasContent) ? object : tally.first,
    largest: object.bytes > (tally.largest?.bytes ?? 0) ? object : tally.largest,
    last: hasContent ? object : tally.last,
  }
}

/**
 * Objects to try, of those not tried yet: an early one, a large one, a late one. Where all are archived, the first,
 * which tells whether they have been restored after all.
 */
export function objectsToTry(tally: SourceTally, tried: ReadonlySet<string>): readonly ListedObject[] {
  const { first, largest, last, firstArchived } = tally
  const wanted = first === null ? [firstArchived] : [first, largest, last]
  const byKey = new Map(wanted.flatMap((object) => (object === null ? [] : [[object.key, object] as const])))
  return [...byKey.values()].filter(({ key }) => !tried.has(key))
}

export function toSurvey(tally: SourceTally, isComplete: boolean): Survey {
  const { objects, bytes, archivedObjects, archivedBytes } = tally
  return { objects, bytes, isComplete, archivedObjects, archivedBytes }
}
