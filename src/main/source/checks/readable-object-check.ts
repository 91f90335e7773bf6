import type { Result } from '#shared/domain/result.ts'
import type { Finding } from '#shared/ipc/source-check.ts'
import { goodFinding, problemFinding } from '../findings.ts'
import type { ListedObject, S3Failure } from '../source-s3.ts'
import { isArchived } from './storage-class-rules.ts'

/** The object to try reading: one with content that is not archived, if there is one. */
export function objectToRead(objects: readonly ListedObject[]): ListedObject | null {
  const readable = objects.filter((object) => !isArchived(object))
  // Where all are archived, the first tells whether they have been restored.
  return readable.find(({ bytes }) => bytes > 0) ?? readable[0] ?? objects[0] ?? null
}

/** The store keeps the object in an archive, whatever the listing says of it. */
export function isArchiveRefusal(read: Result<null, S3Failure>): boolean {
  return !read.ok && read.error.s3Code === 'InvalidObjectState'
}

/** B2, E3: a key that may list may still not read. Null: the failure is not about this object (rules decide). */
export function checkReadableObject(object: ListedObject, read: Result<null, S3Failure>): Finding | null {
  if (read.ok) return goodFinding('source-readable', { key: object.key })
  const { s3Code, httpStatus, message } = read.error
  if (isArchiveRefusal(read)) {
    return problemFinding('archived-object', { objects: 1, bytes: object.bytes, more: true, key: object.key })
  }
  if (httpStatus !== 403) return null
  const reason = s3Code === '' ? 'AccessDenied' : s3Code
  return problemFinding('object-not-readable', { key: object.key, httpStatus, s3Code: reason, message })
}
