import { decideSourceTarget, type SourceTarget, sourcePrefixText } from '#shared/domain/s3-location-model.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Finding } from '#shared/ipc/source-check.ts'
import { problemFinding } from '../findings.ts'
import type { Listing } from '../source-s3.ts'

export interface TargetFacts {
  /** As typed, trimmed; empty for the whole bucket. */
  readonly typed: string
  /** The person has said that the object is meant: a folder of this name does not count. */
  readonly isPrefixObject: boolean
  readonly hasExactObject: boolean
  /** The listing below `typed` + `/` (or `typed`, when it ends in `/` or is empty). */
  readonly below: Pick<Listing, 'objects'>
  readonly bucket: string
}

/** S2, trap 1: whole bucket, folder or one object, decided the way the worker acts on it. */
export function checkTarget(facts: TargetFacts): Result<SourceTarget, Finding> {
  const { typed, isPrefixObject, hasExactObject, below, bucket } = facts
  const hasObjectsBelow = !isPrefixObject && below.objects.length > 0
  const decision = decideSourceTarget({ typed, hasExactObject, hasObjectsBelow })
  switch (decision.kind) {
    case 'decided':
      return ok(decision.target)
    case 'ambiguous': {
      const folder = sourcePrefixText(decision.folder)
      const object = sourcePrefixText(decision.object)
      return err(problemFinding('folder-or-object', { folder, object }, [{ prefix: folder }, { prefixMeans: 'object' }]))
    }
    case 'nothing-there':
      return err(problemFinding('nothing-there', { bucket, prefix: typed }))
  }
}
