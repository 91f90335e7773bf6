import type { Survey } from '#shared/ipc/source-check.ts'

/** A whole count of an ordinary source. */
export const survey: Survey = { objects: 842, bytes: 3.4e12, isComplete: true, archivedObjects: 0, archivedBytes: 0 }
