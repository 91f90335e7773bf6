import type { Finding, Survey } from '#shared/ipc/source-check.ts'
import { checkArchivedObjects, settleArchived } from './checks/archived-objects-check.ts'
import { checkListedSource } from './checks/listed-source-check.ts'
import { checkKeptMetadata, checkLostStorageClass, checkLostTags } from './checks/metadata-checks.ts'
import { checkReadableObjects } from './checks/readable-objects-check.ts'
import type { DescribedObject, TriedObject } from './sampled-object.ts'
import { type SourceTally, toSurvey } from './source-tally.ts'

/** All that a preflight knows of a source it could list; it grows while the preflight goes on. */
export interface SourceFacts {
  readonly tally: SourceTally
  /** The listing has been followed to its end. */
  readonly isComplete: boolean
  /** The listing is still being followed. */
  readonly isCounting: boolean
  readonly tried: readonly TriedObject[]
  readonly described: readonly DescribedObject[]
}

export interface SourceReading {
  readonly findings: Finding[]
  readonly survey: Survey
}

/** What the facts mean, at any time of the preflight. */
export function readFacts({ tally, isComplete, isCounting, tried, described }: SourceFacts): SourceReading {
  const settled = settleArchived(tally, tried)
  const survey = toSurvey(settled, isComplete)
  const findings = [
    checkListedSource(isCounting ? null : survey),
    checkArchivedObjects(settled, isComplete),
    checkReadableObjects(tried),
    checkKeptMetadata(described),
    checkLostTags(described),
    checkLostStorageClass(settled, isComplete),
  ]
  return { findings: findings.filter((finding) => finding !== null), survey }
}
