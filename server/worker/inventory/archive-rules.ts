/** Read from by a restore only. `GLACIER_IR` is not among them: it reads at once. */
const archiveClasses: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE'])

export const DEFAULT_STORAGE_CLASS = 'STANDARD'

/**
 * S17: whether an object of this storage class cannot be read now. `isRestored`: a restored copy is there. What
 * `INTELLIGENT_TIERING` has moved to its archive tiers no listing tells: there the copy itself finds out.
 */
export function isArchivedObject(storageClass: string, isRestored: boolean): boolean {
  return archiveClasses.has(storageClass) && !isRestored
}

/** The `x-amz-restore` header of a HEAD: `ongoing-request="false", expiry-date="…"` once it is restored. */
export function isRestoredByHeader(restore: string | undefined): boolean {
  return restore !== undefined && /ongoing-request="false"/.test(restore)
}
