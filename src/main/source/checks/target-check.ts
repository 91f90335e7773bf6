import { decideSourceTarget, type SourceTarget, sourcePrefixText } from '#shared/domain/s3-location-model.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Finding } from '#shared/ipc/source-check.ts'
import { problemFinding } from '../findings.ts'
import type { Listing } from '../source-s3.ts'

export interface TargetFacts {
  /** As typed, trimmed; empty for the whole bucket. */
  readonly typed: string
  readonly hasExactObject: boolean
  /** The listing below `typed` + `/` (or `typed`, when it ends in `/` or is empty). */
  readonly below: Pick<Listing, 'objects'>
  readonly bucket: string
}

/** S2, trap 1: whole bucket, folder or one object, decided the way the worker acts on it. */
export function checkTarget({ typed, hasExactObject, below, bucket }: TargetFacts): Result<SourceTarget, Finding> {
  const decision = decideSourceTarget({ typed, hasExactObject, hasObjectsBelow: below.objects.length > 0 })
  switch (decision.kind) {
    case 'decided':
      return ok(decision.target)
    case 'ambiguous': {
      const folder = sourcePrefixText(decision.folder)
      const object = sourcePrefixText(decision.object)
      return err(problemFinding('folder-or-object', { folder, object }, [{ prefix: folder }]))
    }
    case 'nothing-there':
      return err(problemFinding('nothing-there', { bucket, prefix: typed }))
  }
}
