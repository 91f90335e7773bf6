import type { ListedObject } from '../source-s3.ts'

// GLACIER_IR answers at once and is not among them.
const archiveClasses: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE'])

export function isInArchiveClass({ storageClass }: ListedObject): boolean {
  return archiveClasses.has(storageClass)
}

/** S17: must be restored before it can be read. */
export function isArchived(object: ListedObject): boolean {
  return isInArchiveClass(object) && !object.isRestored
}
