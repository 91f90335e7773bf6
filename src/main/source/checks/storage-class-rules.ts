import type { ListedObject } from '../source-s3.ts'

// GLACIER_IR answers at once and is not among them.
const archiveClasses: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE'])

/** S17: must be restored before it can be read. */
export function isArchived({ storageClass }: ListedObject): boolean {
  return archiveClasses.has(storageClass)
}
