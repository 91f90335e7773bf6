import type { Result } from '#shared/domain/result.ts'
import type { ListedObject, ObjectDescription, S3Failure, SourceS3 } from './source-s3.ts'

/** An object whose first byte was asked for. */
export interface TriedObject {
  readonly object: ListedObject
  readonly read: Result<true, S3Failure>
}

/** An object of which more than its content was asked for. Each answer may be a refusal: both are only help. */
export interface DescribedObject {
  readonly object: ListedObject
  readonly description: Result<ObjectDescription, S3Failure>
  readonly tagNames: Result<readonly string[], S3Failure>
}

/** `inconclusive`: the failure says nothing of this object (a busy store, a cut line, gone meanwhile). */
export type ReadVerdict = 'readable' | 'archived' | 'refused' | 'inconclusive'

export function readVerdict({ read }: TriedObject): ReadVerdict {
  if (read.ok) return 'readable'
  // The store keeps the object in an archive, whatever the listing says of it.
  if (read.error.s3Code === 'InvalidObjectState') return 'archived'
  return read.error.httpStatus === 403 ? 'refused' : 'inconclusive'
}

/** Tries them all at once: they are a handful. */
export function tryObjects(s3: SourceS3, objects: readonly ListedObject[]): Promise<readonly TriedObject[]> {
  return Promise.all(objects.map(async (object) => ({ object, read: await s3.readFirstByte(object) })))
}

/** Asks of them all at once: they are a handful. */
export function describeObjects(s3: SourceS3, objects: readonly ListedObject[]): Promise<readonly DescribedObject[]> {
  return Promise.all(
    objects.map(async (object) => {
      const [description, tagNames] = await Promise.all([s3.describe(object), s3.readTagNames(object)])
      return { object, description, tagNames }
    }),
  )
}
