import { estimateSeconds } from '#shared/domain/time-estimate-model.ts'
import type { Survey } from '#shared/ipc/source-check.ts'

export interface CopyEstimate {
  /** Whole minutes, rounded up; 0: less than one. */
  readonly minutes: number
  /** What it comes from: under the cap no copy is faster than its bytes, while the number of files is a rough guide. */
  readonly by: 'bytes' | 'objects'
  /** More files than were counted are still to come. */
  readonly isPartial: boolean
}

/** How long the copy of what was counted takes; archived files are not copied. */
export function copyEstimate(survey: Survey, capBytesPerSecond: number): CopyEstimate {
  const { seconds, by } = estimateSeconds({
    bytes: survey.bytes - survey.archivedBytes,
    objects: survey.objects - survey.archivedObjects,
    capBytesPerSecond,
  })
  return { minutes: seconds < 60 ? 0 : Math.ceil(seconds / 60), by, isPartial: !survey.isComplete }
}
